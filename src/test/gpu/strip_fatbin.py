#!/usr/bin/env python3
"""Makes a CUDA library compress well by taking out the machine code of cards other than one.

    strip_fatbin.py LIBRARY SM        (90 for H100 and H200)

Works in place: payloads of other architectures become zeros; headers, sizes and offsets stay, so the library loads as before, on that one
kind of card. Layout of a fat binary: a container (magic, version, header size, data size) of entries (kind, header size, payload size, ...,
architecture), one for each architecture; the loader takes the one that fits the card. PTX fits every later card, machine code its own.
"""
import mmap
import struct
import subprocess
import sys

MAGIC = 0xBA55ED50
CONTAINER = struct.Struct("<IHHQ")  # magic, version, header size, data size
ENTRY = struct.Struct("<HHIQ")      # kind, version, header size, payload size
ARCHITECTURE = 28                   # offset of a u32 in an entry
PTX, MACHINE_CODE = 1, 2


def sections(library):
    """Offset and size of the sections that hold fat binaries."""
    for line in subprocess.run(["readelf", "-S", "-W", library], capture_output=True, text=True, check=True).stdout.splitlines():
        fields = line.replace("[ ", "[").split()
        if len(fields) > 5 and fields[1] in (".nv_fatbin", "__nv_relfatbin"):
            yield int(fields[4], 16), int(fields[5], 16)


def entries(data, start, end):
    """The entries of one container: kind, architecture, payload's offset and size."""
    while start < end:
        kind, _, header, size = ENTRY.unpack_from(data, start)
        yield kind, struct.unpack_from("<I", data, start + ARCHITECTURE)[0], start + header, size
        start += header + size


def main(library, sm):
    kept = dropped = lost = 0
    with open(library, "r+b") as file, mmap.mmap(file.fileno(), 0) as data:
        for offset, size in sections(library):
            position, end = offset, offset + size
            while position + CONTAINER.size <= end:
                magic, _, header, length = CONTAINER.unpack_from(data, position)
                if magic != MAGIC:
                    position += 8  # padding between containers
                    continue
                found = list(entries(data, position + header, position + header + length))
                own = any(kind == MACHINE_CODE and arch == sm for kind, arch, _, _ in found)
                portable = max((arch for kind, arch, _, _ in found if kind == PTX and arch <= sm), default=0)
                lost += not own and not portable
                for kind, arch, at, count in found:
                    if (kind == MACHINE_CODE and arch == sm) or (kind == PTX and not own and arch == portable):
                        kept += count
                    else:
                        data[at:at + count] = bytes(count)
                        dropped += count
                position += header + length
    print(f"{library}: {kept >> 20} MiB kept, {dropped >> 20} MiB zeroed, {lost} containers without code for sm_{sm}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
