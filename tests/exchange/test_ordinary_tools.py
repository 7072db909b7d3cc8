"""Every layer opens with age, tar, zstd and ssh-keygen, and what those make is understood here."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ethnomed_desktop.exchange import archive
from ethnomed_desktop.exchange.segments import Segment
from ethnomed_desktop.exchange.sshsig import Namespace, check_signature, make_signature
from tests.exchange.hands import file_of, lines, opened, sealed, unpacked, world

W = world()
Run = Callable[..., bytes]
ALIKE = ("--format=ustar", "--numeric-owner", "--owner=0", "--group=0", "--mode=0644", "--mtime=@0", "-b1")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a program in an empty folder; returns what it said."""
    missing = [name for name in ("age", "tar", "zstd", "ssh-keygen") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"left out for want of {', '.join(missing)}: .ci/system installs them")

    def call(*command: str, given: bytes = b"", refused: bool = False) -> bytes:
        done = subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, timeout=60, check=False)
        assert (done.returncode != 0) == refused, done.stderr.decode()
        return done.stdout

    return call


def test_a_file_opens_layer_by_layer(tmp_path: Path, run: Run) -> None:
    wanted = lines(W.laptop, 5)
    bundle = file_of(W.laptop, W.hub, sealed(W.laptop, 5), [W.certificates["laptop"]])
    wanted = [line for _, line in opened(bundle.data, W.hub).segments[0].lines()]
    (tmp_path / bundle.name).write_bytes(bundle.data)
    (tmp_path / "identity").write_text(W.hub.age_secret, encoding="ascii")
    (tmp_path / "signers").write_text(f"laptop {W.laptop.public.openssh}\n", encoding="ascii")
    (tmp_path / "archive.tar").write_bytes(run("age", "--decrypt", "-i", "identity", bundle.name))
    run("tar", "-xf", "archive.tar")

    def verify(namespace: str, signature: str, message: Path, *, refused: bool = False) -> None:
        command = ("ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "laptop", "-n", namespace, "-s", signature)
        run(*command, given=message.read_bytes(), refused=refused)

    verify("em-bundle@v1", "manifest.json.sig", tmp_path / "manifest.json")
    verify("em-seg@v1", "seg/1.sig", tmp_path / "seg" / "1.json")
    verify("em-seg@v1", "manifest.json.sig", tmp_path / "manifest.json", refused=True)
    verify("em-bundle@v1", "manifest.json.sig", tmp_path / "seg" / "1.json", refused=True)
    assert run("zstd", "-dc", "seg/1.nd.zst").splitlines() == wanted
    envelope = json.loads((tmp_path / "auth" / "1.json").read_text(encoding="utf-8"))
    (tmp_path / "body.sig").write_text(envelope["sigs"][0][1], encoding="ascii")
    (tmp_path / "body").write_text(envelope["body"], encoding="utf-8")
    from ethnomed_desktop.exchange.sshsig import public_key_text

    (tmp_path / "signers").write_text(f"laptop {public_key_text(W.root_key.public)}\n", encoding="ascii")
    verify("em-cert@v1", "body.sig", tmp_path / "body")


@pytest.mark.parametrize("namespace", list(Namespace))
def test_ssh_keygen_makes_the_same_signature(tmp_path: Path, run: Run, namespace: Namespace) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_ssh_private_key

    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key")
    key = load_ssh_private_key((tmp_path / "key").read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    message = "Хаттама № 7".encode()
    theirs = run("ssh-keygen", "-Y", "sign", "-q", "-f", "key", "-n", namespace.value, given=message)
    assert theirs == make_signature(key, namespace, message)
    check_signature(theirs, key.public_key().public_bytes_raw(), namespace, message)


def test_a_file_made_with_the_tools_is_read(tmp_path: Path, run: Run) -> None:
    bundle = file_of(W.laptop, W.hub, sealed(W.laptop, 5))
    for name, data in unpacked(bundle, W.hub).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    names = list(unpacked(bundle, W.hub))
    run("tar", *ALIKE, "-cf", "made.tar", *names)
    assert (tmp_path / "made.tar").read_bytes() == archive.pack(unpacked(bundle, W.hub).items())
    made = run("age", "--encrypt", "-r", W.hub.public.age, "made.tar")
    assert opened(made, W.hub).segments == opened(bundle.data, W.hub).segments


def test_lines_compressed_with_the_tool_are_read(tmp_path: Path, run: Run) -> None:
    segment = sealed(W.laptop, 5)[0]
    (tmp_path / "lines").write_bytes(b"".join(line + b"\n" for _, line in segment.lines()))
    run("zstd", "-q", "-19", "lines")
    again = Segment(segment.raw_header, segment.signature, (tmp_path / "lines.zst").read_bytes())
    again.verify(W.laptop.public.signing)
    assert again.body != segment.body


def test_a_file_after_a_change_of_key_opens_with_the_tools(tmp_path: Path, run: Run) -> None:
    """The change is signed by the old key and two persons, what the root says by the new key: ssh-keygen agrees."""
    from ethnomed_desktop.exchange.bundles import Sending, compose
    from ethnomed_desktop.exchange.sshsig import public_key_text
    from tests.exchange.hands import NOW
    from tests.exchange.test_keychain import ANEW, LATER_KEY, PLANNED

    authority = W.authority(PLANNED, *ANEW)
    sending = Sending(W.hub, authority, {W.laptop.replica: 7}, NOW, practice=False, lacks=((46, 46),))
    bundle = compose(sending, sealed(W.hub, 3), authority.statements_for(W.laptop.replica))
    (tmp_path / bundle.name).write_bytes(bundle.data)
    (tmp_path / "identity").write_text(W.laptop.age_secret, encoding="ascii")
    (tmp_path / "archive.tar").write_bytes(run("age", "--decrypt", "-i", "identity", bundle.name))
    run("tar", "-xf", "archive.tar")
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["keys"], manifest["lacks"]) == ({W.pin.hex(): 1}, [[46, 46]])
    owners = {"old": W.root_key, "new": LATER_KEY, "first": W.persons[0], "second": W.persons[1]}
    signers = "".join(f"{name} {public_key_text(one.public)}\n" for name, one in owners.items())
    (tmp_path / "signers").write_text(signers, encoding="ascii")
    names = {one.public.hex(): name for name, one in owners.items()}
    said: dict[str, set[str]] = {}
    for path in sorted((tmp_path / "auth").glob("*.json")):
        envelope = json.loads(path.read_text(encoding="utf-8"))
        for public, signature in envelope["sigs"]:
            (tmp_path / "body.sig").write_text(signature, encoding="ascii")
            verify = ("ssh-keygen", "-Y", "verify", "-f", "signers", "-I", names[public], "-n", "em-cert@v1")
            run(*verify, "-s", "body.sig", given=envelope["body"].encode())
            said.setdefault(json.loads(envelope["body"])["t"], set()).add(names[public])
    assert said["rotate"] == {"old", "first", "second"}
    assert said["cert"] == {"new"}
    assert run("zstd", "-dc", "seg/1.nd.zst").count(b"\n") == 3
