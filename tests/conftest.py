"""What all tests share: the example world on loopback, quiet Prefect, no other network."""

import os

from flows import prefect_settings

os.environ["TZ"] = "Pacific/Auckland"  # far from every brand's zone, so a forgotten zone shows
prefect_settings.apply()
