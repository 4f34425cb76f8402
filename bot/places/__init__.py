"""Where it is what time, without a network: implements :class:`bot.guide.places.Places`.

City names are GeoNames' (https://www.geonames.org, CC BY 4.0), country names and weekends CLDR's, zones IANA's.
"""

from bot.places.atlas import Atlas
from bot.places.preload import Preload

__all__ = ["Atlas", "Preload"]
