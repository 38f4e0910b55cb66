"""What the starter model is taught: concepts, the words for them, which picture shows which."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

#: Parent → (words for it, its children by their first word in `tinyimagenet-classes.tsv` or below).
PARENTS: dict[str, tuple[str, str]] = {
    "dog": (
        "dog, puppy, doggy, hound, canine",
        "Chihuahua, Yorkshire terrier, golden retriever, Labrador retriever, German shepherd, standard poodle",
    ),
    "cat": ("cat, kitten, kitty, house cat", "tabby, Persian cat, Egyptian cat"),
    "big cat": ("big cat, wild cat", "cougar, lion"),
    "bird": ("bird, birdie", "goose, black stork, king penguin, albatross"),
    "fish": ("fish", "goldfish"),
    "frog": ("frog, toad", "bullfrog, tailed frog"),
    "reptile": ("reptile", "American alligator, boa constrictor"),
    "amphibian": ("amphibian", "European fire salamander, bullfrog, tailed frog"),
    "butterfly": ("butterfly", "monarch, sulphur butterfly"),
    "insect": (
        "insect, bug",
        "ladybug, fly, bee, grasshopper, walking stick, cockroach, mantis, dragonfly, monarch, sulphur butterfly",
    ),
    "spider": ("spider", "black widow, tarantula"),
    "lobster": ("lobster, crustacean", "American lobster, spiny lobster"),
    "sea animal": (
        "sea animal, sea creature",
        "jellyfish, brain coral, sea slug, sea cucumber, dugong, American lobster, spiny lobster, goldfish",
    ),
    "coral": ("coral", "brain coral, coral reef"),
    "monkey": ("monkey, ape, primate", "orangutan, gorilla, chimpanzee, baboon"),
    "bear": ("bear", "brown bear"),
    "cattle": ("cattle, cow, bull", "ox, bison"),
    "mammal": (
        "mammal",
        "koala, dugong, cougar, lion, brown bear, guinea pig, hog, ox, bison, bighorn, gazelle, Arabian camel, "
        "orangutan, gorilla, chimpanzee, baboon, African elephant, lesser panda",
    ),
    "animal": (
        "animal, creature, wildlife",
        "dog, cat, big cat, bird, fish, frog, reptile, amphibian, insect, spider, lobster, sea animal, monkey, mammal, "
        "trilobite, scorpion, centipede, snail, slug, deer, horse",
    ),
    "apple or fruit": ("fruit", "orange, lemon, banana, pomegranate, apple"),
    "vegetable": ("vegetable", "cauliflower, bell pepper, mushroom"),
    "dessert": ("dessert, sweets", "ice cream, ice lolly, confectionery"),
    "food": (
        "food, meal, something to eat, dish",
        "plate, guacamole, ice cream, ice lolly, pretzel, mashed potato, meat loaf, pizza, potpie, apple or fruit, "
        "vegetable, dessert",
    ),
    "drink": ("drink, beverage, coffee", "espresso"),
    "cup": ("cup, mug, cup of coffee", "espresso"),
    "bottle": ("bottle", "beer bottle, pop bottle, pill bottle, water jug"),
    "car": ("car, automobile, motorcar", "beach wagon, convertible, limousine, sports car"),
    "truck": ("truck, lorry", "moving van"),
    "van": ("van", "moving van, police van"),
    "bus": ("bus, coach", "school bus, trolleybus"),
    "train": ("train, railway", "bullet train, freight car"),
    "boat": ("ship, boat, vessel", "gondola, lifeboat"),
    "vehicle": (
        "vehicle, means of transport",
        "car, truck, van, bus, train, boat, airplane, go-kart, tractor, jinrikisha",
    ),
    "furniture": ("furniture", "desk, dining table, rocking chair, chest, altar"),
    "table": ("table", "desk, dining table"),
    "chair": ("chair, seat", "rocking chair"),
    "tool": ("tool", "broom, nail, plunger, lawn mower, wooden spoon, syringe, bucket, chain"),
    "kitchenware": ("kitchenware, cookware", "frying pan, wok, teapot, wooden spoon, plate, beaker, water jug"),
    "pan": ("pan, cooking pan", "frying pan, wok"),
    "musical instrument": ("musical instrument", "drumstick, oboe, organ"),
    "ball": ("ball", "basketball, rugby ball, volleyball"),
    "sports equipment": ("sports equipment, sport", "basketball, rugby ball, volleyball, dumbbell, punching bag"),
    "bridge": ("bridge", "steel arch bridge, suspension bridge, viaduct"),
    "tower": ("tower", "beacon, water tower, obelisk"),
    "shop": ("shop, store", "barbershop, butcher shop, confectionery"),
    "house": ("house, home, cottage", "barn, thatch"),
    "building": (
        "building, house, architecture",
        "barn, beacon, cliff dwelling, thatch, water tower, triumphal arch, shop, house, city",
    ),
    "structure": ("structure, construction", "bridge, tower, building, dam, fountain, obelisk, picket fence, crane"),
    "electronics": (
        "electronics, gadget, electronic device",
        "CD player, iPod, computer keyboard, remote control, cash machine, pay-phone, scoreboard",
    ),
    "household appliance": ("household appliance", "refrigerator, sewing machine, space heater, lawn mower"),
    "lamp": ("lamp, light", "lampshade, torch, candle"),
    "bag": ("bag", "backpack"),
    "sea": ("sea, ocean, coast, shore, water", "seashore, beach scene"),
    "beach scene": ("beach, seaside, sandy beach", "seashore"),
    "lake": ("lake, lakeside, water", "lakeside"),
    "mountain": ("mountain, mountains, peak", "alp, mountain scene"),
    "mountain scene": ("mountain landscape, mountain range", "alp"),
    "landscape": (
        "landscape, nature, scenery, view",
        "alp, cliff, lakeside, seashore, mountain scene, beach scene, sunset, forest",
    ),
    "hat": ("hat, cap", "sombrero"),
    "skirt": ("skirt", "miniskirt"),
    "shoes": ("shoes, shoe, footwear, sneaker, boot", "sandal"),
    "outwear": ("outwear, outerwear, jacket, coat", "fur coat, poncho"),
    "underwear": ("swimwear", "bikini, swimming trunks"),
    "clothing": (
        "clothing, clothes, garment, person's clothing, apparel",
        "academic gown, apron, cardigan, fur coat, kimono, military uniform, miniskirt, poncho, sandal, sock, "
        "sombrero, swimming trunks, vestment, bikini, bow tie, dress, hat, longsleeve, outwear, pants, shirt, shoes, "
        "shorts, skirt, t-shirt, Christmas stocking",
    ),
    "person": ("person, people, man, woman, portrait, face", "groom, military uniform, academic gown"),
    "glasses": ("glasses, eyewear", "sunglasses, binoculars"),
    "clock": ("clock, timepiece", "hourglass, stopwatch"),
    "weapon": ("weapon", "cannon, projectile"),
    "toy": ("toy", "teddy"),
    "plant": ("plant", "flower, tree, acorn, forest"),
}

#: Concepts that are no Tiny ImageNet class: those of the other data sets and of the drawn scenes.
EXTRA: dict[str, str] = {
    "airplane": "airplane, plane, aeroplane, aircraft, jet",
    "deer": "deer, stag, doe",
    "horse": "horse, pony",
    "dress": "dress, gown",
    "longsleeve": "longsleeve, long sleeve, long-sleeved top, sweater, pullover, longsleeve shirt",
    "pants": "pants, trousers, jeans",
    "shirt": "shirt, button-up shirt, dress shirt, blouse",
    "shorts": "shorts, short pants",
    "t-shirt": "t-shirt, tee, tee shirt, tshirt",
    "apple": "apple",
    "flower": "flower, blossom, bloom, sunflower",
    "tree": "tree",
    "forest": "forest, wood, woods",
    "city": "city, skyline, skyscrapers, town",
    "sunset": "sunset, sunrise, dusk, evening sky",
    "night sky": "night sky, starry sky, moon, night",
    "balloon": "balloon, hot-air balloon, balloons",
    "screenshot": "screenshot, screen capture, screen shot, app window, computer screen, user interface",
    "document": "document, page of text, text, letter, paper, scanned page, receipt, text document",
    "chart": "chart, graph, diagram, plot, bar chart, line chart, pie chart",
    "drawing": "drawing, illustration, cartoon, sketch, line drawing",
    "photo": "photo, photograph, picture from a camera, snapshot",
    "plain": "plain, plain colour, empty picture, blank, plain background, solid colour",
    "striped": "striped, stripes, striped pattern, lines",
    "dotted": "dotted, dots, polka dots, spotted, dotted pattern",
    "checked": "checked, checkered, chequered, checkerboard, checked pattern",
    "circle": "circle, disc, round shape, disk",
    "square": "square, square shape",
    "triangle": "triangle, triangular shape",
    "star": "star, star shape",
    "one": "one, one thing, a single object, one object, single",
    "two": "two, two things, two objects, a pair",
    "three": "three, three things, three objects",
    "many": "many, many things, many objects, lots of things, a crowd of objects",
    "dark": "dark, dark picture, underexposed, too dark, night photo, dim",
    "bright": "bright, bright picture, overexposed, too bright, light",
    "black and white": "black and white, black-and-white, monochrome, grayscale, greyscale",
    "in colour": "in colour, colour photo, color photo, colourful, colorful, full colour",
    "blurry": "blurry, blurred, out of focus, unsharp, blur",
    "sharp": "sharp, in focus, crisp, clear",
    "noisy": "noisy, grainy, noise, grain",
    "red": "red",
    "orange colour": "orange, orange colour, orange color",
    "yellow": "yellow",
    "green": "green",
    "blue": "blue",
    "purple": "purple, violet",
    "pink": "pink, rose-coloured",
    "brown": "brown",
    "black": "black",
    "white": "white",
    "grey": "grey, gray",
}

#: What people type for it besides the words above: by the concept's first word.
MORE: dict[str, str] = {
    "goldfish": "pet fish, carp, aquarium fish",
    "European fire salamander": "salamander, fire salamander, newt",
    "bullfrog": "frog in a pond, green frog",
    "tailed frog": "tree frog, small frog",
    "American alligator": "alligator, crocodile, gator, croc",
    "boa constrictor": "snake, boa, python, serpent",
    "trilobite": "fossil, petrified animal",
    "black widow": "black spider, widow spider",
    "tarantula": "hairy spider, big spider",
    "centipede": "millipede, crawler with many legs",
    "goose": "geese, wild goose, duck",
    "koala": "koalas",
    "jellyfish": "medusa, sea jelly",
    "snail": "snail shell, garden snail",
    "slug": "garden slug",
    "American lobster": "crab, boiled lobster",
    "black stork": "stork, heron",
    "king penguin": "penguin, penguins",
    "albatross": "seagull, gull, sea bird, seabird",
    "dugong": "manatee, sea cow, seal",
    "Chihuahua": "small dog, lap dog",
    "Yorkshire terrier": "terrier, yorkie",
    "golden retriever": "retriever, golden dog",
    "Labrador retriever": "labrador, lab",
    "standard poodle": "poodle",
    "German shepherd": "shepherd dog, police dog",
    "tabby": "striped cat, house cat",
    "Persian cat": "fluffy cat, persian",
    "Egyptian cat": "mau, thin cat",
    "cougar": "wild cat",
    "lion": "lioness, lions",
    "brown bear": "grizzly, grizzly bear",
    "ladybug": "ladybugs, red beetle, beetle",
    "fly": "housefly, gnat",
    "bee": "bees, honeybee, bumblebee, wasp",
    "grasshopper": "cricket, locust",
    "mantis": "praying mantis",
    "dragonfly": "dragonflies, damselfly",
    "monarch": "orange butterfly",
    "sulphur butterfly": "yellow butterfly",
    "guinea pig": "hamster, cavy, rodent",
    "hog": "piglet, boar, swine",
    "ox": "cow, bull, oxen, cows",
    "bison": "buffalo",
    "bighorn": "sheep, ram, mountain goat, goat",
    "gazelle": "antelope, impala",
    "Arabian camel": "camel, camels",
    "African elephant": "elephant, elephants",
    "lesser panda": "raccoon, red-furred panda",
    "abacus": "counting frame",
    "altar": "church inside, church interior, chapel",
    "apron": "kitchen apron",
    "bannister": "stairs, staircase, stair rail",
    "backpack": "school bag, hiking bag",
    "barbershop": "hair salon, hairdresser",
    "barn": "farm, farmhouse, shed, stable",
    "barrel": "wooden barrel, keg",
    "basketball": "basketball game, basketball player",
    "bathtub": "bathroom, jacuzzi",
    "beacon": "lighthouse by the sea",
    "beaker": "laboratory glass, jar, glass",
    "beer bottle": "beer, bottle of beer",
    "bikini": "bathing suit, swimsuit, swimming costume",
    "birdhouse": "nesting box, bird box",
    "brass": "plaque, sign, inscription",
    "broom": "sweeping brush",
    "bullet train": "high-speed train, fast train",
    "butcher shop": "meat shop, meat counter, market",
    "candle": "candles, candlelight",
    "cannon": "old gun, artillery",
    "cardigan": "knitted jacket, knitwear, jumper",
    "cash machine": "money machine, bank machine",
    "CD player": "stereo, radio, hi-fi, boombox",
    "chain": "metal chain, necklace",
    "chest": "wooden box, treasure chest, trunk",
    "Christmas stocking": "stocking, Christmas decoration",
    "cliff dwelling": "ruins, ruin, cave houses",
    "computer keyboard": "keyboard, keys, laptop",
    "confectionery": "candy, sweets shop, chocolates",
    "convertible": "open car, cabriolet, cabrio",
    "crane": "building crane, construction crane, construction site",
    "dam": "water dam, barrage",
    "desk": "office desk, workplace, office",
    "dining table": "dinner table, laid table, dining room",
    "drumstick": "drum sticks, drums, drummer",
    "dumbbell": "weights, gym weight, barbell",
    "flagpole": "flag, flags, banner",
    "fountain": "water fountain",
    "freight car": "goods train, cargo train, railway wagon",
    "frying pan": "pan, frying-pan",
    "fur coat": "fur, winter coat",
    "gasmask": "gas mask, mask",
    "go-kart": "kart, race kart, racing kart",
    "gondola": "canoe, rowing boat, Venice boat",
    "iPod": "music player, mp3 player, phone, mobile phone, smartphone",
    "jinrikisha": "carriage, cart",
    "kimono": "Japanese dress",
    "lampshade": "table lamp, lamp, bedside lamp",
    "lawn mower": "garden machine, grass cutter",
    "lifeboat": "rescue boat, motorboat, speedboat",
    "limousine": "long car, stretch limo",
    "magnetic compass": "compass",
    "maypole": "pole dance, festival pole",
    "military uniform": "soldier, soldiers, uniform, army, officer",
    "moving van": "removal van, delivery truck, delivery van, lorry",
    "nail": "nails, screw, iron nail",
    "obelisk": "monument, column, memorial",
    "oboe": "clarinet, flute, woodwind",
    "organ": "church organ, organ pipes",
    "parking meter": "meter",
    "pay-phone": "phone box, telephone, phone booth",
    "picket fence": "fence, white fence, garden fence",
    "pill bottle": "pills, medicine, tablets, vitamins",
    "pole": "post, stick",
    "police van": "police car, police, ambulance",
    "poncho": "cape, wrap, shawl",
    "pop bottle": "soda, cola, soft drink, bottle of water, plastic bottle",
    "potter's wheel": "pottery, clay pot, potter",
    "projectile": "rocket, shell",
    "punching bag": "boxing, boxer, boxing bag",
    "reel": "fishing reel, spool, fishing rod",
    "refrigerator": "fridge, freezer",
    "remote control": "TV remote",
    "rocking chair": "armchair, garden chair",
    "rugby ball": "rugby, football, rugby player",
    "sandal": "sandals, slippers, flip-flops",
    "school bus": "yellow bus, American school bus",
    "scoreboard": "display board, stadium board",
    "sewing machine": "sewing",
    "snorkel": "diver, diving mask, diving",
    "sock": "socks, stockings",
    "sombrero": "straw hat, Mexican hat",
    "space heater": "heater, radiator",
    "spider web": "cobweb, web",
    "sports car": "race car, racing car, fast car",
    "steel arch bridge": "steel bridge, arch bridge",
    "sunglasses": "glasses, goggles",
    "suspension bridge": "hanging bridge, cable bridge",
    "swimming trunks": "swim shorts, swimming shorts",
    "syringe": "injection, needle",
    "teapot": "tea, pot of tea, kettle",
    "teddy": "stuffed animal, soft toy, plush toy, cuddly toy",
    "thatch": "straw roof, thatched house, hut",
    "torch": "flame, fire, flashlight",
    "tractor": "farm machine, combine, farm vehicle",
    "triumphal arch": "arch, arch of triumph, gate",
    "trolleybus": "tram, streetcar, city bus",
    "turnstile": "entrance gate, ticket gate",
    "umbrella": "umbrellas, parasol",
    "vestment": "priest, priest's robe, robe",
    "viaduct": "aqueduct, railway bridge, stone bridge",
    "volleyball": "volleyball game, beach volleyball",
    "water jug": "jug, pitcher, vase",
    "wok": "stir-fry pan, wok pan",
    "wooden spoon": "spoon, cooking spoon",
    "comic book": "comic, comics, book, book cover, magazine",
    "plate": "meal on a plate, plate of food, dinner",
    "guacamole": "dip, avocado, salad",
    "ice cream": "gelato, sundae, ice-cream",
    "pretzel": "pretzels, bread, bagel",
    "mashed potato": "potatoes, puree, mashed potatoes",
    "cauliflower": "broccoli, cabbage",
    "bell pepper": "pepper, peppers, paprika, chili",
    "mushroom": "mushrooms, toadstool, fungus",
    "orange": "oranges, tangerine, mandarin",
    "lemon": "lemons, lime, citrus fruit",
    "banana": "bananas",
    "pomegranate": "pomegranates",
    "meat loaf": "meat, roast, steak",
    "pizza": "pizzas, slice of pizza",
    "potpie": "pie, cake, pastry, tart",
    "espresso": "cappuccino, latte, cup of espresso",
    "alp": "alps, snowy mountain, snow, snowy peak, snow-capped mountain",
    "cliff": "rock, rocks, rock face, canyon",
    "coral reef": "reef, underwater, under water",
    "lakeside": "pond, river, riverside",
    "seashore": "waves, surf, sand, sandy shore",
    "groom": "wedding, bride, bride and groom, wedding couple, suit, man in a suit",
    "acorn": "nut, nuts, acorns",
    "dog": "dogs, pup, dog's face, my dog",
    "cat": "cats, kitties, my cat, cat's face",
    "bird": "birds, wild bird, songbird, parrot, owl",
    "fish": "fishes, fish in water",
    "animal": "animals, pet, pets, wild animal, beast",
    "insect": "insects, bugs, small insect",
    "food": "dishes, lunch, snack, cooking",
    "car": "cars, auto, parked car, vehicle on the road",
    "truck": "trucks, lorries, pickup, fire truck",
    "boat": "boats, ships, sailing boat, sailboat, yacht, ferry",
    "train": "trains, locomotive, railroad, tram",
    "vehicle": "vehicles, transport, traffic",
    "furniture": "chairs and tables, interior, living room",
    "building": "buildings, tower block, facade, castle, church",
    "person": "persons, someone, human, human being, selfie, child, kids, group of people, family, couple",
    "clothing": "fashion, outfit, piece of clothing, textile",
    "plant": "plants, leaf, leaves, greenery, garden",
    "landscape": "landscapes, outdoors, countryside, natural scenery, hills, green hills, desert, fields",
    "sea": "seaside view, sea view, coastline",
    "mountain": "mountainside, hill, mountain view, summit",
    "fruit": "fruits",
    "vegetable": "vegetables, veg, greens",
    "drink": "drinks, cup of tea, cocktail",
    "toy": "toys, plaything",
    "electronics": "devices, technology, computer, machine",
    "tool": "tools, equipment, instrument",
    "shop": "shops, shop window, shopping",
    "bag": "bags, handbag, purse, suitcase",
    "hat": "hats, headwear, beanie, baseball cap",
    "shoes": "boots, trainers, sneakers, pair of shoes, high heels",
    "dress": "dresses, summer dress, evening dress",
    "pants": "leggings, sweatpants, slacks",
    "shirt": "shirts, polo shirt, button-down",
    "t-shirt": "t-shirts, tees, T shirt, printed t-shirt",
    "outwear": "parka, anorak, winter jacket, raincoat, hoodie",
    "skirt": "skirts, pleated skirt",
    "shorts": "pair of shorts, bermudas, denim shorts",
    "longsleeve": "sweatshirt, long-sleeve, long sleeved shirt, turtleneck",
    "airplane": "airplanes, aeroplanes, passenger plane, airliner, fighter jet",
    "deer": "elk, moose, reindeer, roe deer",
    "horse": "horses, mare, foal, rider on a horse",
    "flower": "flowers, rose, roses, daisy, daisies, tulip, sunflowers, bouquet, petals",
    "tree": "trees, oak, palm tree",
    "house": "houses, villa, cabin, building with a roof",
    "city": "cities, cityscape, skyline at night, downtown, skyscraper, urban scene",
    "beach scene": "beach with a parasol, holiday at the beach",
    "mountain scene": "mountains with snow, mountain panorama, valley",
    "sunset": "sunset over the sea, sun, sundown, sunset sky",
    "night sky": "stars, moonlight, stars at night, full moon",
    "screenshot": "screenshots, screen, desktop, program window, website, web page, app, phone screenshot, chat",
    "document": "documents, invoice, bill, form, contract, page, scan, "
    "written page, book page, printed text, article, handwriting, notes",
    "chart": "charts, graphs, statistics, scatter plot, infographic, data, histogram",
    "drawing": "drawings, sketches, clipart, doodle, cartoons, line art, comic drawing, illustrations",
    "photo": "photos, photographs, real photo, camera picture",
    "plain": "single colour, one colour, uniform, flat colour, empty, background",
    "striped": "with stripes, stripy, line pattern",
    "dotted": "with dots, polka-dot, spots, dot pattern",
    "checked": "plaid, tartan, gingham, chequerboard, squares pattern",
    "dark": "very dark, black picture, low light, night shot",
    "bright": "very bright, light picture, washed out",
    "blurry": "blurred photo, shaky, not sharp, unclear, motion blur, out-of-focus",
    "sharp": "well focused, focused, crisp photo",
    "noisy": "image noise, high ISO, film grain",
    "black and white": "b&w, monochrome photo, grey photo, without colour",
    "in colour": "coloured, colored, with colour, colours",
    "many": "lots, several, a lot of things, a group, a heap",
    "one": "just one, only one thing, exactly one",
    "two": "two of them, pair, exactly two",
    "three": "three of them, exactly three",
}

#: Labels that exclude each other. Things are compared among themselves, every other family within itself.
FAMILIES: dict[str, tuple[str, ...]] = {
    "kind": ("photo", "screenshot", "document", "chart", "drawing"),
    "pattern": ("plain", "striped", "dotted", "checked"),
    "shape": ("circle", "square", "triangle", "star"),
    "count": ("one", "two", "three", "many"),
    "light": ("dark", "bright"),
    "tone": ("black and white", "in colour"),
    "sharpness": ("blurry", "sharp", "noisy"),
    "colour": (
        "red", "orange colour", "yellow", "green", "blue", "purple", "pink", "brown", "black", "white", "grey",
    ),
}  # fmt: skip
#: Kinds that are also things: “dog, car, document, screenshot” is a sensible list of labels.
THING_KINDS = ("screenshot", "document", "chart")

CIFAR = {
    "airplane": "airplane",
    "automobile": "car",
    "bird": "bird",
    "cat": "cat",
    "deer": "deer",
    "dog": "dog",
    "frog": "frog",
    "horse": "horse",
    "ship": "boat",
    "truck": "truck",
}
GARMENTS = ("dress", "hat", "longsleeve", "outwear", "pants", "shirt", "shoes", "shorts", "skirt", "t-shirt")
#: What is mostly worn, held or used by somebody who is in the picture.
_ON_A_PERSON = (
    "apron",
    "backpack",
    "barbershop",
    "basketball",
    "bikini",
    "bow tie",
    "cardigan",
    "drumstick",
    "dumbbell",
    "fur coat",
    "gasmask",
    "go-kart",
    "jinrikisha",
    "kimono",
    "maypole",
    "miniskirt",
    "neck brace",
    "oboe",
    "poncho",
    "punching bag",
    "rugby ball",
    "sandal",
    "snorkel",
    "sock",
    "sombrero",
    "stopwatch",
    "sunglasses",
    "swimming trunks",
    "syringe",
    "umbrella",
    "vestment",
    "volleyball",
    *GARMENTS,
)
#: What often sits on a flower.
ON_A_FLOWER = ("bee", "ladybug", "monarch", "sulphur butterfly", "grasshopper", "mantis")
#: What a picture of one may show too, so that it is never counted against it: a shirt may be a dress, a hat is worn.
UNSURE = {
    **dict.fromkeys(_ON_A_PERSON, ("person",)),
    **dict.fromkeys(ON_A_FLOWER, ("flower", "plant")),
    "shirt": ("dress", "person"),
    "sea": ("lake", "lakeside"),
    "lake": ("sea",),
}

TEMPLATES = (
    "{}", "{}", "{}", "a {}", "the {}", "a photo of a {}", "a photo of a {}", "a photo of the {}", "a photo of {}",
    "a picture of a {}", "an image of a {}", "a bad photo of a {}", "a small {}", "a close-up of a {}",
    "a photo of the large {}.", "a photo of the small {}.", "itap of a {}.", "a bad photo of the {}.",
    "art of the {}.", "a {} in a video game.", "a origami {}.", "a product photo of a {}",
    "a {} on a white background", "a studio photo of a {}", "a photo of one {}", "a photo of my {}",
    "a drawing of a {}", "a painting of a {}", "a view of a {}", "this is a {}", "a cropped photo of a {}",
    "a low resolution photo of a {}", "a {} in the wild", "a big {}", "an old {}", "a nice {}", "my {}", "{} outdoors",
    "{} indoors", "the {} of my friend", "some {}", "a photo with a {}", "a photograph of a {}", "{} picture",
    "{} photo",
)  # fmt: skip
LOOK_TEMPLATES = (
    "{}", "{}", "{}", "a {} picture", "a {} photo", "a {} image", "a photo that is {}", "something {}", "a {} thing",
    "a photo of a {}", "a picture of {}", "a picture of a {}", "a {}", "{} picture", "{} photo",
)  # fmt: skip


@dataclass(frozen=True)
class Vocabulary:
    """All concepts in order, with the matrices that say what a picture of one is and what it may also be.

    `ancestors` (n, n): row concept implies column concept (itself included). `unsure` (n, n): a picture of the row may
    also show the column; it is no counter-example. `universes`: name → indices of labels that exclude each other.
    """

    names: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    tiny: tuple[int, ...]
    wnids: tuple[str, ...]
    ancestors: NDArray[np.bool_]
    unsure: NDArray[np.bool_]
    universes: dict[str, NDArray[np.int64]]

    def index(self, name: str) -> int:
        return self.names.index(name)

    def positives(self, *names: str) -> NDArray[np.bool_]:
        """Which concepts (n,) a picture of these shows."""
        return np.any(self.ancestors[[self.index(name) for name in names]], axis=0)

    def sample_text(self, concept: int, rng: random.Random) -> str:
        """One way of saying it."""
        word = rng.choice(self.words[concept])
        # The first word is the one that people type.
        word = self.words[concept][0] if rng.random() < 0.4 else word
        is_thing = concept in self.universes["thing"]
        if is_thing and rng.random() < 0.12:
            word = plural(word)
        text = rng.choice(TEMPLATES if is_thing else LOOK_TEMPLATES).format(word)
        return an(text) if rng.random() < 0.8 else text


def load_vocabulary(classes_file: Path) -> Vocabulary:
    """Concepts from the table of Tiny ImageNet's classes and from the lists above."""
    rows = [line.split("\t") for line in classes_file.read_text(encoding="utf-8").splitlines() if line.strip()]
    words: dict[str, tuple[str, ...]] = {}
    for _, text in rows:
        parts = tuple(part.strip() for part in text.split(","))
        words[parts[0]] = tuple(part for part in parts if not _is_latin(part))
    leaves = list(words)
    for name, text in (*EXTRA.items(), *((key, value[0]) for key, value in PARENTS.items())):
        words[name] = tuple(part.strip() for part in text.split(","))
    for name, text in MORE.items():
        key = "apple or fruit" if name == "fruit" else name
        extra = (part.strip() for part in text.split(","))
        words[key] = (*words[key], *(word for word in extra if word not in words[key]))
    names = tuple(words)
    at = {name: i for i, name in enumerate(names)}
    ancestors = np.eye(len(names), dtype=bool)
    for parent, (_, children) in PARENTS.items():
        for child in children.split(","):
            ancestors[at[child.strip()], at[parent]] = True
    for _ in range(4):
        ancestors = (ancestors.astype(np.int32) @ ancestors.astype(np.int32)) > 0
    unsure = ancestors.T & ~ancestors  # a dog may be a poodle
    for name, others in UNSURE.items():
        for other in others:
            unsure[at[name], at[other]] = True
    looks = {name for family in FAMILIES.values() for name in family} - set(THING_KINDS)
    universes = {family: np.array([at[name] for name in members]) for family, members in FAMILIES.items()}
    universes["thing"] = np.array([i for i, name in enumerate(names) if name not in looks])
    return Vocabulary(
        names=names,
        words=tuple(words.values()),
        tiny=tuple(range(len(leaves))),
        wnids=tuple(wnid for wnid, _ in rows),
        ancestors=ancestors,
        unsure=unsure,
        universes=universes,
    )


def look_words(name: str) -> tuple[str, ...]:
    """The words for a look, as in the vocabulary."""
    said, more = ([word.strip() for word in text.split(",")] for text in (EXTRA[name], MORE.get(name, "")))
    return (*said, *(word for word in more if word and word not in said))


def _is_latin(word: str) -> bool:
    """“Carassius auratus”: two words, the first with a capital, the second without, as Linnaeus wrote them."""
    parts = word.split()
    english = ("shepherd", "terrier", "retriever", "cat", "lobster", "stocking", "camel", "elephant", "poodle", "sheep")
    return (
        len(parts) == 2
        and parts[0][0].isupper()
        and parts[1].islower()
        and parts[1] not in (*english, "alligator", "player", "dog", "robe", "fire", "bighorn", "coral", "Maria")
    )


def plural(word: str) -> str:
    """A simple English plural: enough for what people type."""
    if word.endswith(("s", "x", "ch", "sh")):
        return word if word.endswith("s") else word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def an(text: str) -> str:
    """“a apple” → “an apple”."""
    parts = text.split(" ")
    for i, part in enumerate(parts[:-1]):
        if part == "a" and parts[i + 1][:1].lower() in "aeiou" and parts[i + 1] != "one":
            parts[i] = "an"
    return " ".join(parts)
