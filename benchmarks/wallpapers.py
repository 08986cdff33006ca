#!/usr/bin/env python3
"""Cuts the squares at both ends of photographs among Debian's wallpapers, 800 x 800 pixels each.

    benchmarks/wallpapers.py UNPACKED SQUARES

UNPACKED is where mate-backgrounds, plasma-workspace-wallpapers, lomiri-wallpapers-16.04 and lomiri-wallpapers-20.04 were unpacked.
Their drawings and patterns are left out. Needs Debian's python3-pil.
"""
import sys
from pathlib import Path

from PIL import Image

SIDE = 800
PHOTOS = {
    "usr/share/backgrounds/mate/nature/{}.jpg":
        "Aqua Blinds Dune FreshFlower Garden GreenMeadow LadyBird RainDrops Storm TwoWings Wood YellowFlower",
    "usr/share/wallpapers/{}/contents/images/2560x1600.jpg":
        "BytheWater ColorfulCups DarkestHour EveningGlow FallenLeaf Kite OneStandsOut Path summer_1am",
    "usr/share/backgrounds/{}.jpg":
        "Bridge_by_Sander_Klootwijk Kleiber_by_Lukas_Baubkus Picture_1A_by_freespace Wine_by_Jakkub_Mede "
        "aitzgorri_by_Aitzol_Berasategi free_by_Peter_Nerlich friends_by_Aitzol_Berasategi greentock_by_Peter_Nerlich "
        "life_by_Aitzol_Berasategi picosdeeuropa_by_Aitzol_Berasategi seeding_by_Clements_Engelhardt "
        "sunset_by_Aitzol_Berasategi",
}

unpacked, squares = Path(sys.argv[1]), Path(sys.argv[2])
squares.mkdir(parents=True)
for path, names in PHOTOS.items():
    for name in names.split():
        photo = Image.open(unpacked / path.format(name)).convert("RGB")
        side = min(photo.size)
        for end, (left, top) in enumerate([(0, 0), (photo.width - side, photo.height - side)]):
            square = photo.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.LANCZOS)
            square.save(squares / f"{name}_{end}.png")
