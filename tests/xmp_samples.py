"""XMP sidecars as other programs write them, and what a reader finds in one. Written by hand after real files."""

from __future__ import annotations

from xml.etree import ElementTree

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NAMES = {
    "subject": "{http://purl.org/dc/elements/1.1/}subject",
    "lightroom": "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject",
    "digikam": "{http://www.digikam.org/ns/1.0/}TagsList",
    "kept": "{urn:clipdesk:xmp#}keptSubject",
}

#: All attributes of the properties in one tag; keywords in lists.
LIGHTROOM = """\
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 7.0-c000 1.000000, 0000/00/00-00:00:00        ">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
   xmp:Rating="3"
   xmp:ModifyDate="2024-05-01T10:11:12.34+09:00"
   xmp:MetadataDate="2024-05-02T08:00:00+09:00"
   crs:Look="a &gt; b"
   crs:Sharpness="40">
   <dc:subject>
    <rdf:Bag>
     <rdf:li>family</rdf:li>
     <rdf:li>강아지</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Bag>
     <rdf:li>People|family</rdf:li>
     <rdf:li>강아지</rdf:li>
    </rdf:Bag>
   </lr:hierarchicalSubject>
   <crs:ToneCurve>
    <rdf:Seq>
     <rdf:li>0, 0</rdf:li>
     <rdf:li>255, 255</rdf:li>
    </rdf:Seq>
   </crs:ToneCurve>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

#: A packet with padding, Windows line ends, a comment, a namespace nobody knows, and tags in all forms of digiKam.
DIGIKAM = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <!-- by hand: do not lose me -->
  <rdf:Description rdf:about="uuid:faf5bdd5-ba3d-11da-ad31-d33d75182f1b"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:mine="http://example.org/mine#"
    mine:note="x > y"
    digiKam:PickLabel="2">
   <digiKam:TagsList>
    <rdf:Seq>
     <rdf:li>Animals/dog</rdf:li>
     <rdf:li>Places/Busan</rdf:li>
    </rdf:Seq>
   </digiKam:TagsList>
   <dc:subject>
    <rdf:Bag>
     <rdf:li>dog</rdf:li>
     <rdf:li>Busan</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <lr:hierarchicalSubject>
    <rdf:Bag>
     <rdf:li>Animals|dog</rdf:li>
     <rdf:li>Places|Busan</rdf:li>
    </rdf:Bag>
   </lr:hierarchicalSubject>
   <mine:thing><![CDATA[ <rdf:li>not an item</rdf:li> ]]></mine:thing>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>

<?xpacket end="w"?>""".replace("\n", "\r\n")

#: A description that closes itself, an old about, and history in lists.
DARKTABLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
   exif:DateTimeOriginal="2023:07:08 09:10:11.000"
   darktable:import_timestamp="63824480415000000"
   darktable:xmp_version="5"/>
 </rdf:RDF>
</x:xmpmeta>
"""

#: Everything on one line, with other prefixes.
COMPACT = (
    "<a:RDF xmlns:a='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><a:Description a:about='' "
    "xmlns:d='http://purl.org/dc/elements/1.1/'><d:subject><a:Bag><a:li>cat</a:li></a:Bag></d:subject>"
    "</a:Description></a:RDF>"
)

SAMPLES = {"lightroom": LIGHTROOM, "digikam": DIGIKAM, "darktable": DARKTABLE, "compact": COMPACT}


def keywords(data: bytes) -> dict[str, list[str]]:
    """Return the items of the properties that ClipDesk writes, as another parser reads them."""
    root = ElementTree.fromstring(data)
    found: dict[str, list[str]] = {}
    for key, name in _NAMES.items():
        items = [item.text or "" for each in root.iter(name) for item in each.iter(f"{_RDF}li")]
        if items:
            found[key] = items
    return found
