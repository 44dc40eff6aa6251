"""Checks what a Domicile ledger hands out with Python's standard library alone: no code is shared with Domicile.

    independent_check.py KEYS < requests        KEYS: one C2SP verifier key per line; the first is the log's.

One request per line, its words parted by tabs; one answer per line, "accepted ..." or "refused ...":
    checkpoint FILE | tiles FILE FOLDER | proof FILE | consistency FILE OLD_CHECKPOINT | pack FILE
"""
import base64, collections, hashlib, json, pathlib, re, sys, zipfile

# --- Ed25519, RFC 8032 section 5.1, in extended coordinates
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1: q = add(q, p)
        p, n = add(p, p), n >> 1
    return q

def point(b):
    y, sign = int.from_bytes(b, "little") & (1 << 255) - 1, b[31] >> 7
    u, v = y * y - 1, D * y * y + 1
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == -u % P: x = x * ROOT % P
    assert y < P and v * x * x % P == u % P and not (x == 0 and sign), "no point on the curve"
    if x & 1 != sign: x = P - x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def ed25519(key, message, signature):
    assert len(key) == 32 and len(signature) == 64, "no Ed25519 signature"
    r, s = point(signature[:32]), int.from_bytes(signature[32:], "little")
    assert s < L, "no canonical signature"
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, point(key)))
    assert all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1)), "the signature is not the key's"

# --- C2SP signed-note, tlog-checkpoint, tlog-cosignature
def b64(text):
    data = base64.b64decode(text, validate=True)
    assert base64.b64encode(data).decode() == text, "not the one way to write base64"
    return data

def number(text):
    assert re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 2**63, "no size or index"
    return int(text)

def checkpoint(note, keys):
    text, lines = note.rsplit("\n\n", 1)
    text, found = text + "\n", []
    assert lines.endswith("\n"), "no line end behind the signatures"
    for line in lines[:-1].split("\n"):
        dash, name, encoded = line.split(" ")
        assert dash == "\u2014", "no signature line"
        signature = b64(encoded)
        for vkey in keys:
            key_name, key_id, material = vkey.split("+", 2)
            key = b64(material)
            assert hashlib.sha256(key_name.encode() + b"\n" + key).hexdigest()[:8] == key_id, "no verifier key"
            if (name, signature[:4].hex()) != (key_name, key_id): continue
            message, start = text.encode(), 4
            if key[0] == 4:
                message, start = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[4:12], "big") + message, 12
            ed25519(key[1:], message, signature[start:])
            found.append(vkey)
    assert sorted(found) == sorted(keys), "not signed by each of the keys"
    origin, size, root, end = text.split("\n")
    assert end == "" and origin == keys[0].split("+")[0] and len(b64(root)) == 32, "no checkpoint of this log"
    return origin, number(size), b64(root)

# --- RFC 6962 section 2.1, by its recursive definitions
def leaf(data): return hashlib.sha256(b"\0" + data).digest()
def node(left, right): return hashlib.sha256(b"\1" + left + right).digest()
def split(n): return 1 << (n - 1).bit_length() - 1

def tree(hashes):
    if len(hashes) < 2: return hashes[0] if hashes else hashlib.sha256().digest()
    return node(tree(hashes[: split(len(hashes))]), tree(hashes[split(len(hashes)) :]))

def included(hash, index, size, steps):
    assert 0 <= index < size and (steps or size == 1), "the proof has another length"
    if size == 1:
        assert not steps, "the proof has another length"
        return hash
    k, last = split(size), steps[-1]
    if index < k: return node(included(hash, index, k, steps[:-1]), last)
    return node(last, included(hash, index - k, size - k, steps[:-1]))

def grown(old, size, steps, old_root, is_whole=True):
    """The old and the new root that the steps lead to."""
    if old == size:
        if is_whole: hash = old_root
        else: hash, steps = steps[0], steps[1:]
        assert not steps, "the proof has another length"
        return hash, hash
    assert steps, "the proof has another length"
    k, last = split(size), steps[-1]
    if old <= k:
        before, after = grown(old, k, steps[:-1], old_root, is_whole)
        return before, node(after, last)
    before, after = grown(old - k, size - k, steps[:-1], old_root, False)
    return node(last, before), node(last, after)

# --- C2SP tlog-tiles, tlog-proof; the form of tlog-witness's add-checkpoint
def tile_path(n):
    text = "%03d" % (n % 1000)
    while n >= 1000: n, text = n // 1000, "x%03d/%s" % (n // 1000 % 1000, text)
    return text

def tiles(folder, size, root):
    hashes, level, read = [], 0, 0
    while size >> 8 * level:
        count, found = size >> 8 * level, []
        for n in range((count + 255) // 256):
            width, path = min(256, count - n * 256), tile_path(n)
            data = (folder / f"tile/{level}/{path}{f'.p/{width}' if width < 256 else ''}").read_bytes()
            assert len(data) == 32 * width, "a tile has another width"
            found += [data[i : i + 32] for i in range(0, len(data), 32)]
            read += 1
        if level: assert found == [tree(hashes[i : i + 256]) for i in range(0, count * 256, 256)], "a tile does not follow"
        hashes, level = found, level + 1
        if level == 1: assert tree(hashes) == root, "the tiles do not lead to the root"
    return f"{read} tiles of {size} leaves"

def proof(text, keys):
    head, note = text.split("\n\n", 1)
    first, extra, index, *steps = head.split("\n")
    assert first == "c2sp.org/tlog-proof@v1" and extra[:6] == "extra " and index[:6] == "index ", "no proof with an entry"
    data, index = b64(extra[6:]), number(index[6:])
    origin, size, root = checkpoint(note, keys)
    assert included(leaf(data), index, size, [b64(step) for step in steps]) == root, "the proof does not lead to the root"
    entry = json.loads(data)
    assert (entry["log"], entry["index"]) == (origin, index), "the entry says that it stands elsewhere"
    return f"entry {index} of {size}"

def consistency(text, old_note, keys):
    head, note = text.split("\n\n", 1)
    first, *steps = head.split("\n")
    _, old_size, old_root = checkpoint(old_note, keys)
    _, size, root = checkpoint(note, keys)
    assert first == f"old {old_size}" and old_size <= size, "the proof begins elsewhere"
    if old_size == 0: assert not steps and old_root == tree([]), "nothing leads to nothing else"
    else: assert grown(old_size, size, [b64(step) for step in steps], old_root) == (old_root, root), "the log was rewritten"
    return f"{size} goes on from {old_size}"

# --- docs/packs.md: list and signature, entries to the root, and figures that a few lines can count
def signed(note, vkey):
    text, lines = note.rsplit("\n\n", 1)
    key_name, key_id, material = vkey.split("+", 2)
    name, encoded = re.fullmatch("\u2014 ([^ ]+) ([^ ]+)\n", lines).groups()
    signature, key = b64(encoded), b64(material)
    assert (name, signature[:4].hex()) == (key_name, key_id), "not signed by the log's key"
    ed25519(key[1:], (text + "\n").encode(), signature[4:])
    return text.split("\n")

def grow(frontier, hashes):
    """The frontier, a list of (height, hash), with these leaves behind it."""
    for hash in hashes:
        height = 0
        while frontier and frontier[-1][0] == height: hash, height = node(frontier.pop()[1], hash), height + 1
        frontier.append((height, hash))
    return frontier

def top(frontier):
    root = frontier[-1][1] if frontier else tree([])
    for _, hash in frontier[-2::-1]: root = node(hash, root)
    return root

def pack(name, keys):
    archive = zipfile.ZipFile(name)
    names = archive.namelist()
    assert len(set(names)) == len(names) and all(each.compress_type == 0 for each in archive.infolist()), "no archive of a pack"
    files = {each: archive.read(each) for each in names}
    listing = files.pop("MANIFEST.json")
    manifest, said = json.loads(listing), signed(files.pop("MANIFEST.note").decode(), keys[0])
    first, end = manifest["range"]["first"], manifest["range"]["end"]
    identity = {part: manifest[part] for part in ("disclosure", "end_root", "filter", "log", "period", "range", "supersedes")}
    plain = json.dumps(identity, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert hashlib.sha256(b"domicile-pack/v1/id\n" + plain.encode()).hexdigest()[:32] == manifest["id"], "the id does not follow"
    assert said == ["domicile-pack/v1", manifest["id"], hashlib.sha256(listing).hexdigest(), manifest["log"], str(first), str(end)], "the note is of another manifest"
    listed = {each["path"]: (each["bytes"], each["sha256"]) for each in manifest["files"]}
    assert listed == {path: (len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items()}, "files are not those that are listed"
    origin, size, root = checkpoint(files["log/end.checkpoint"].decode(), keys)
    assert (origin, size, root) == (manifest["log"], end, b64(manifest["end_root"])), "the end checkpoint is of another head"
    frontier = []
    if first:
        hashes = [b64(line) for line in files["log/start.frontier"].decode().splitlines()]
        heights = [height for height in range(62, -1, -1) if first >> height & 1]
        assert len(hashes) == len(heights), "the frontier is of another size"
        frontier = list(zip(heights, hashes))
        assert checkpoint(files["log/start.checkpoint"].decode(), keys) == (origin, first, top(frontier)), "the frontier leads elsewhere"
    index, types, verdicts, missing = first, collections.Counter(), collections.Counter(), collections.Counter()
    for path in sorted(each for each in files if each.startswith("log/entries-")):
        lines, leaves = files[path].split(b"\n"), files[path.replace("entries", "leaves").replace("ndjson", "bin")]
        assert lines.pop() == b"", "the last line has no end"
        for at, line in enumerate(lines):
            entry, hash = json.loads(line), leaf(line)
            if "leaf_hash" in entry: hash = b64(entry["leaf_hash"])
            else:
                assert (entry["log"], entry["index"]) == (origin, index), f"entry {index} says that it stands elsewhere"
                assert json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() == line, f"entry {index} is not canonical"
                types[entry["type"]] += 1
                body, period = entry["body"], manifest["period"]
                if entry["type"] == "call" and period["from"] <= body["started_at"] < period["to"]:
                    verdicts[body["verdict"], body["basis"]] += 1
                if entry["type"] == "event" and body["kind"] == "usage.compared":
                    said = {each["name"]: each["value"] for each in body["detail"]}
                    of_period = period["from"][:10] <= said["day"] and said["day"] + "T00:00:00.000Z" < period["to"]
                    if of_period or said["day"] < period["from"] <= body["happened_at"] < period["to"]:
                        missing[of_period, body["subject"], said["kind"]] += said["missing"]
            assert leaves[32 * at : 32 * at + 32] == hash, f"entry {index} is not what the log holds"
            grow(frontier, [hash])
            index += 1
    assert index == end and top(frontier) == root, "the entries do not lead to the root"
    for path, data in files.items():
        if path[:7] in ("policy/", "catalog"): assert hashlib.sha256(data).hexdigest() in path, "a document has another hash"
    computed = json.loads(files["report.json"])["computed"]
    assert {kind: n for kind, n in computed["population"]["by_type"].items() if n} == dict(types), "the report counts other entries"
    usage = computed.get("provider_usage", {})
    rows = [(part == "projects", row) for part in ("projects", "earlier") for row in usage.get(part, {"rows": []})["rows"]]
    assert {(of_period, row["project"], row["kind"]): row["missing"] for of_period, row in rows} == dict(missing), "the report counts other requests as missing"
    if not any(manifest["filter"].values()):
        told = {(row["verdict"], row["basis"]): row["calls"] for row in computed["results"]["verdicts"]}
        assert told == dict(verdicts), "the report counts other verdicts"
    return f"{end - first} entries, {sum(verdicts.values())} calls"

def answer(request, keys):
    kind, *files = request.split("\t")
    text = lambda name: pathlib.Path(name).read_bytes().decode("utf-8")
    if kind == "checkpoint": return "%s at %d" % checkpoint(text(files[0]), keys)[:2]
    if kind == "tiles": return tiles(pathlib.Path(files[1]), *checkpoint(text(files[0]), keys)[1:])
    if kind == "proof": return proof(text(files[0]), keys)
    if kind == "pack": return pack(files[0], keys)
    return consistency(text(files[0]), text(files[1]), keys)

if __name__ == "__main__":
    trusted = pathlib.Path(sys.argv[1]).read_text().split("\n")[:-1]
    for line in sys.stdin.read().split("\n")[:-1]:
        try: print("accepted " + answer(line, trusted))
        except Exception as why: print("refused " + (str(why) or type(why).__name__).replace("\n", " "))
