"""Let GDAL know the formats that are meant, and no way to other files and addresses: whoever needs it asks here."""

import os
import re
import shutil
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# All others, in the words of GDAL, which reads them when it is loaded: those that ask servers, that name other files to be read,
# that take any text for theirs, and that nobody publishes wards or streets in. (SQLite stays: PMTiles is written by it.)
SKIPPED = (
    "ADBC", "AIVector", "AmigoCloud", "AVCBin", "AVCE00", "Carto", "CSV", "CSW", "DGN", "DXF", "EDIGEO", "EEDA", "Elasticsearch",
    "ESRIJSON", "GDALG", "GeoJSON", "GeoJSONSeq", "GeoRSS", "GML", "GPSBabel", "GPX", "GTFS", "HTTP", "Idrisi", "JML", "JSONFG", "KML",
    "LVBAG", "MapInfo File", "MapML", "MiraMonVector", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "PCIDSK",
    "PDS4", "PLSCENES", "S57", "Selafin", "SXF", "VDV", "VFK", "VICAR", "WAsP", "WFS", "XLSX",
)  # fmt: skip
os.environ["GDAL_SKIP"] = ",".join(SKIPPED)
os.environ["PROJ_NETWORK"] = "OFF"  # else an operator's surroundings could let PROJ ask for its grids

import pyogrio  # noqa: E402
from pyproj.network import set_network_enabled  # noqa: E402

set_network_enabled(False)
pyogrio.set_gdal_config_options(
    {
        "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",  # whatever names an address after all reads nothing from there,
        "GDAL_HTTP_PROXY": "http://127.0.0.1:9",  # and what asks without it is sent where nobody answers
        "GDAL_HTTPS_PROXY": "http://127.0.0.1:9",
        "GDAL_HTTP_CONNECTTIMEOUT": "1",
        "GDAL_HTTP_MAX_RETRY": "0",
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
        "LIBKML_RESOLVE_STYLE": "NO",
    }
)
layers, info, read, write = pyogrio.list_layers, pyogrio.read_info, pyogrio.read_dataframe, pyogrio.write_dataframe


@contextmanager
def quiet() -> Iterator[None]:
    """GDAL warns of what is counted and checked here, in words that help nobody."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def alone(file: Path, folder: Path, suffix: str, beside: Sequence[str] = ()) -> Path:
    """The file under a name that says what it is, in a folder with nothing else but its companions with endings `beside`.

    A Shapefile's layer is called after its file, so what can be kept of the name is kept.
    """
    folder.mkdir()
    name = re.sub(r"[^\w-]", "_", file.name.partition(".")[0]) or "layer"
    for other in file.parent.iterdir() if beside else ():
        if other.stem == file.stem and other.suffix.lower() in beside and other.is_file():
            same_file(other, folder / f"{name}{other.suffix.lower()}")
    return same_file(file, folder / f"{name}{suffix}")


def same_file(file: Path, other: Path) -> Path:
    """The file under another name too, without a copy where that can be."""
    try:
        other.symlink_to(file.resolve())
    except OSError:  # Windows lets not everybody make links
        shutil.copyfile(file, other)
    return other
