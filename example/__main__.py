"""`python -m example [PORT]`: serve the week until interrupted."""

import logging
import sys
import threading

from example.server import PORT, serve

logging.basicConfig(level=logging.INFO, format="%(message)s")

with serve(int(sys.argv[1]) if len(sys.argv) > 1 else PORT) as running:
    logging.info("The week stands at %s/clock as %s.", running.base_url, running.world.now)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        logging.info("Closed.")
