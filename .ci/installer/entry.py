"""What the frozen program begins with; the program itself is entered as everywhere else."""

import sys

from ethnomed_desktop.__main__ import main

sys.exit(main())
