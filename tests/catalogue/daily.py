"""Files of the exact form of IMDb's daily ones, small and made up."""

from __future__ import annotations

import gzip
from pathlib import Path

BASICS = r"""
tconst	titleType	primaryTitle	originalTitle	isAdult	startYear	endYear	runtimeMinutes	genres
tt9000001	movie	The Glass Harbour	Der Glashafen	0	1962	\N	98	Drama
tt9000002	movie	The Glass Harbour	The Glass Harbour	0	1994	\N	110	Drama,Thriller
tt9000003	movie	Nightwater II	Nightwater II	0	1987	\N	91	Horror
tt9000004	movie	Nightwater	Nightwater	0	1983	\N	95	Horror
tt9000005	movie	Nightwater: Resurrection	Nightwater: Resurrection	0	1997	\N	99	Horror
tt9000006	tvSeries	Salt & Iron	Salt & Iron	0	2001	2004	45	Drama
tt9000007	tvEpisode	The Glass Harbour	The Glass Harbour	0	2002	\N	45	Drama
tt9000008	videoGame	Nightwater	Nightwater	0	1999	\N	\N	Action
tt9000009	movie	Élégie	Élégie	0	2003	\N	84	\N
tt9000010	short	"Two" Lives	"Two" Lives	0	\N	\N	12	Short
tt9000011	tvMiniSeries	Twelve Quiet Rooms	Twelve Quiet Rooms	0	1978	1978	300	Drama
tt9000012	video	Signs	Signs	0	2005	\N	70	Drama
tt9000013	tvSpecial	Signs	Signs	0	1999	\N	60	Music
tt9000014	tvMovie	The Lamp Keeper's Daughter	The Lamp Keeper's Daughter	0	1990	\N	93	Drama
tt9000015	tvShort	Winter Bread	Winter Bread	0	1965	\N	8	Short
"""
AKAS = r"""
titleId	ordering	title	region	language	types	attributes	isOriginalTitle
tt9000001	1	Der Glashafen	DE	de	original	\N	1
tt9000001	2	El puerto de cristal	ES	\N	imdbDisplay	\N	0
tt9000001	3	Harbour of Glass	GB	en	alternative	"literal" title	0
tt9000007	1	Hafenfolge	DE	de	\N	\N	0
tt9000009	1	Elegy for Anna	US	en	imdbDisplay	\N	0
"""
PRINCIPALS = r"""
tconst	ordering	nconst	category	job	characters
tt9000001	1	nm9000001	actress	\N	["Lena"]
tt9000001	2	nm9000002	director	\N	\N
tt9000002	1	nm9000003	actor	\N	["Captain \"Red\" Moss"]
tt9000002	2	nm9000004	director	\N	\N
tt9000004	1	nm9000005	actor	\N	["Joe"]
tt9000007	1	nm9000009	actor	\N	["Nobody"]
tt9000014	1	nm9000006	composer	\N	\N
"""
CREW = r"""
tconst	directors	writers
tt9000001	nm9000002	nm9000002,nm9000007
tt9000002	nm9000004	\N
tt9000004	\N	nm9000008
"""
NAMES = r"""
nconst	primaryName	birthYear	deathYear	primaryProfession	knownForTitles
nm9000001	Ilse Brandt	1930	2001	actress	tt9000001
nm9000002	Jürgen Falk	1921	1999	director,writer	tt9000001
nm9000003	Martin O'Dell	1950	\N	actor	tt9000002
nm9000004	Carla Whitfield	1955	\N	director	tt9000002
nm9000005	Roy Hart	1940	\N	actor	tt9000004
nm9000006	Vera Lind	1933	\N	composer	tt9000014
nm9000007	Otto Falk	1925	1980	writer	tt9000001
nm9000009	Only In Episodes	1960	\N	actor	tt9000007
"""
RATINGS = r"""
tconst	averageRating	numVotes
tt9000012	5.1	12
tt9000004	7.4	90210
"""

FILES = {
    "title.basics": BASICS,
    "title.akas": AKAS,
    "title.principals": PRINCIPALS,
    "title.crew": CREW,
    "name.basics": NAMES,
    "title.ratings": RATINGS,
}


def write(folder: Path, *, without: tuple[str, ...] = ()) -> Path:
    """Write the files to a folder, as .tsv.gz."""
    folder.mkdir(exist_ok=True)
    for name, rows in FILES.items():
        if name not in without:
            (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(rows.lstrip("\n").encode()))
    return folder
