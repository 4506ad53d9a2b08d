"""``python -m jpkr_drills``."""

import sys

from jpkr_drills.cli import main

sys.exit(main())
