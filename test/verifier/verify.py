#!/usr/bin/env python3
"""A second verifier of Saksgang exports, written apart from the first: standard library only, Ed25519 included.

    python3 verify.py DIR [--since CHECKPOINT] [--key KEY]

Prints a line for each check and `N passed, N failed`. Exit: 0 verified, 1 proof or signature wrong, 2 history
inconsistent, 3 incomplete, 64 usage, 65 malformed. The form of an export stands in libs/record/src/export-format.ts.
"""
import base64
import hashlib
import json
import os
import re
import sys

LINE_MAX = 64 * 1024 * 1024  # bytes of one line
NAMED_MAX = 10  # places that one line names
COMMITMENT_PREFIX = b"saksgang sealed value v1\n"
LEAF_FIELDS = {"nonce", "id", "stream", "revision", "type", "version", "recordedAt", "occurred", "actor", "assertedBy",
               "source", "reason", "commandId", "inputDigest", "data"}


class Malformed(Exception):  # what is to be checked is not what an export holds
    pass


# Ed25519 (RFC 8032 section 5.1.7), by extended coordinates
P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    cross, double = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, double - cross, double + cross, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = (0, 1, 1, 0)
    for bit in bin(scalar)[2:]:
        result = add(add(result, result), point) if bit == "1" else add(result, result)
    return result


def point_of(encoded):  # None when these 32 bytes are no point
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2 ** 255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P != 0 or (x == 0 and sign == 1):
        return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(key, message, signature):
    if len(key) != 32 or len(signature) != 64:
        return False
    public, commitment = point_of(key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if public is None or commitment is None or scalar >= ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    one, other = times(scalar, BASE), add(commitment, times(challenge, public))
    return all((one[axis] * other[2] - other[axis] * one[2]) % P == 0 for axis in (0, 1))


# Merkle tree (RFC 6962 section 2.1)
def sha256(data):
    return hashlib.sha256(data).digest()


class Tree:  # perfect subtrees from left to right, as (height, hash)
    def __init__(self):
        self.size, self.parts = 0, []

    def append(self, digest):
        height = 0
        while self.parts and self.parts[-1][0] == height:
            digest = sha256(b"\x01" + self.parts.pop()[1] + digest)
            height += 1
        self.parts.append((height, digest))
        self.size += 1

    def root(self):
        digest = self.parts[-1][1] if self.parts else sha256(b"")
        for _, left in reversed(self.parts[:-1]):
            digest = sha256(b"\x01" + left + digest)
        return digest


def canonical(value):
    """RFC 8785, for what an entry may hold: integers only, keys in order of UTF-16."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        if abs(value) > 2 ** 53 - 1:
            raise Malformed("a number is not a safe integer")
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join(canonical(one) for one in value) + "]"
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    raise Malformed("a value is not what an entry may hold")


def parsed(text):  # canonical alone: no key stands twice
    value = json.loads(text)
    if canonical(value).encode("utf-8") != text.encode("utf-8"):
        raise Malformed("this is not canonical JSON")
    return value


def is_canonical_leaf(text):
    try:
        leaf = parsed(text)
        return isinstance(leaf, dict) and set(leaf) == LEAF_FIELDS and type(leaf["revision"]) is int
    except (ValueError, Malformed, RecursionError):
        return False


def base64_of(text, length, what):
    try:
        data = base64.b64decode(text, validate=True)
        if length in (None, len(data)) and base64.b64encode(data).decode() == text:
            return data
    except (ValueError, TypeError):
        pass
    raise Malformed(f"{what} is not {length or 'bytes'} in base64")


def read_key(text):
    match = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?", text)
    if not match:
        raise Malformed("the key is not written NAME+HASH+KEY")
    name, identity, encoded = match.groups()
    data = base64_of(encoded, 33, "the key")
    if data[0] != 1 or hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8] != identity:
        raise Malformed("the hash of the key is wrong")
    return name, bytes.fromhex(identity), data[1:]


def read_note(text, where):  # (origin, size, root, signed text, signatures)
    body, blank, tail = text.rpartition("\n\n")
    lines = (body + "\n").split("\n")[:-1]
    if not blank or len(lines) < 3 or not tail.endswith("\n") or not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]):
        raise Malformed(f"{where} is no signed checkpoint")
    signatures = []
    for line in tail[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) ([A-Za-z0-9+/=]+)", line)
        if not match:
            raise Malformed(f"{where}: a signature is written \u2014 NAME BASE64")
        data = base64_of(match.group(2), None, f"{where}: a signature")
        signatures.append((match.group(1), data[:4], data[4:]))
    return lines[0], int(lines[1]), base64_of(lines[2], 32, f"{where}: the root"), (body + "\n").encode("utf-8"), signatures


def signed_by(note, key):
    claims = [signature for name, identity, signature in note[4] if (name, identity) == key[:2]]
    return note[0] == key[0] and bool(claims) and all(signature_holds(key[2], note[3], signature) for signature in claims)


def sealed_in(value):
    if isinstance(value, dict) and isinstance(value.get("sealed"), str) and isinstance(value.get("person"), str):
        yield value["sealed"]
    elif isinstance(value, (dict, list)):
        for member in value.values() if isinstance(value, dict) else value:
            yield from sealed_in(member)


def commitment_of(salt, value):
    digest = sha256(COMMITMENT_PREFIX + salt + canonical(value).encode("utf-8"))
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Report:
    def __init__(self):
        self.passed = self.failed = 0
        self.code = 0

    def check(self, holds, what, code=1, places=()):
        self.passed, self.failed = self.passed + bool(holds), self.failed + (not holds)
        if not holds:
            self.code = min(self.code, code) if self.code in (1, 2) else code
        named = f": {', '.join(map(str, places[:NAMED_MAX]))}" if places and not holds else ""
        print(f"{'passed' if holds else 'FAILED'}: {what}{named}")

    def incomplete(self, what):
        self.code = self.code or 3
        print(f"incomplete: {what}")


def read(directory, name):
    try:
        with open(os.path.join(directory, name), encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise Malformed(f"{name}: {error}")


def verify_export(directory, since, given, report):
    try:
        manifest = parsed(read(directory, "manifest.json").removesuffix("\n"))
        if (manifest["format"], manifest["version"]) != ("saksgang-export", 1):
            raise Malformed("manifest.json is of another format")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Malformed("manifest.json is no manifest")
    own = read_key(read(directory, "key"))
    key = given or own
    if given:
        report.check(given == own, "the key that came along is the one given")
    elif not since or not signed_by(since, own):
        report.incomplete("the key came along: compare it with the published one, and give that (--key)")
    note = read_note(read(directory, "checkpoint"), "checkpoint")
    report.check(signed_by(note, key), f"the checkpoint of {note[0]} over {note[1]} entries is signed by {key[0]}")
    tree, revisions, missing, withheld, erased, hidden = Tree(), {}, 0, 0, 0, 0
    old_root = tree.root() if since and since[1] == 0 else None
    place, texts, forms, order, disclosed, untold = [], [], [], [], [], []
    with open(os.path.join(directory, "entries.ndjson"), "rb") as file:
        for line in iter(lambda: file.readline(LINE_MAX), b""):
            try:
                entry = parsed(line.decode("utf-8").removesuffix("\n")) if line.endswith(b"\n") else None
                index, leaf, told = entry["index"], entry["leaf"], base64_of(entry["leafHash"], 32, "leafHash")
                shown = [(one["sealed"], base64_of(one["salt"], None, "salt"), one["value"]) for one in entry["disclosures"]]
                opened = {sealed for sealed, _, _ in shown}
                closed = {one["sealed"]: one["why"] for one in entry["closed"]}
                data = None if leaf is None else leaf.encode("utf-8")
                if type(index) is not int:
                    raise TypeError
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise Malformed(f"entries.ndjson, line {tree.size + 1}")
            place += [index] if index != tree.size else []
            tree.append(told if data is None else sha256(b"\x00" + data))
            old_root = tree.root() if since and since[1] == tree.size else old_root
            standing, hidden = set(), hidden + (data is None)
            if data is not None:
                texts += [index] if sha256(b"\x00" + data) != told else []
                if not is_canonical_leaf(leaf):
                    forms.append(index)
                else:
                    said = parsed(leaf)
                    before = revisions.get(said["stream"], -1)
                    order += [index] if said["revision"] <= before else []
                    missing += max(0, said["revision"] - before - 1)
                    revisions[said["stream"]] = max(before, said["revision"])
                    standing = set(sealed_in(said))
            lies = [one for one, salt, value in shown if one not in standing or len(salt) != 32 or commitment_of(salt, value) != one]
            disclosed += [index] if lies or (set(closed) - standing) or (set(closed) & opened) else []
            untold += [index] if standing - opened - set(closed) else []
            erased, withheld = (count + list(closed.values()).count(why) for count, why in ((erased, "ERASED"), (withheld, "WITHHELD")))
    report.check(not place, f"{tree.size} entries stand in order without a gap", 2, place)
    report.check(not texts, "every text gives its hash", 1, texts)
    report.check(not forms, "every text has the stored form", 1, forms)
    report.check(not order and missing <= hidden, "revisions follow one another", 2, order)
    report.check((tree.size, tree.root()) == note[1:3], f"the {tree.size} entries give the root of the checkpoint", 2)
    facts = (note[0], note[1], base64.b64encode(note[2]).decode(), hidden, erased, withheld)
    stated = [manifest.get(name) for name in ("origin", "size", "root", "withheldEntries", "erasedValues", "withheldValues")]
    report.check(list(facts) == stated, "the manifest agrees with the content")
    report.check(not disclosed, "opened values are those that were sealed", 1, disclosed)
    report.check(not untold, "every sealed value is opened or named as closed", 1, untold)
    for count, what in ((hidden, "entries are withheld"), (erased, "values are erased"), (withheld, "values are withheld")):
        if count:
            report.incomplete(f"{count} {what}")
    if since:
        report.check(signed_by(since, key), f"the older checkpoint is signed by {key[0]}")
        report.check(since[0] == note[0], "both are of one record", 2)
        report.check(old_root == since[2], f"the first {since[1]} entries are unchanged since the older checkpoint", 2)


def main(arguments):
    rest, pairs = arguments[:1], arguments[1:]
    options = dict(zip(pairs[::2], pairs[1::2]))
    if len(rest) != 1 or rest[0].startswith("--") or len(pairs) % 2 or not set(options) <= {"--since", "--key"}:
        print(__doc__, file=sys.stderr)
        return 64
    report = Report()
    try:
        said = options.get("--key")
        key = None if said is None else read_key(said if "+" in said else read(".", said))
        since = None if "--since" not in options else read_note(read(".", options["--since"]), "--since")
        verify_export(rest[0], since, key, report)
    except (Malformed, OSError) as error:
        report.check(False, str(error))
        report.code = 65
    print(f"{report.passed} passed, {report.failed} failed")
    return report.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
