"""What is made of the files of residents: only what one sees is left, and what can act never comes through."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from services.forms.scrub.images import redraw
from services.forms.scrub.office import check
from services.forms.scrub.pdfs import disarm
from services.forms.scrub.recognise import recognise
from services.forms.scrub.refusals import HarmfulError, HugeError, ProtectedError, Refusal, UnreadableError
from tests.services.forms import files


def drawn(content: bytes, *, kind: str = "jpg") -> Image.Image:
    target = io.BytesIO()
    redraw(io.BytesIO(content), target, kind=kind)
    return Image.open(io.BytesIO(target.getvalue()))


def disarmed(content: bytes) -> bytes:
    target = io.BytesIO()
    disarm(io.BytesIO(content), target)
    return target.getvalue()


def checked(content: bytes) -> bytes:
    target = io.BytesIO()
    check(io.BytesIO(content), target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (files.picture("JPEG"), "jpg"),
        (files.picture("PNG"), "png"),
        (files.pdf(), "pdf"),
        (b"\xef\xbb\xbf\n" + files.pdf(), "pdf"),
        (files.office("docx"), "docx"),
        (files.office("xlsx"), "xlsx"),
        (files.office("odt"), "odt"),
        (files.picture("GIF"), None),
        (files.picture("BMP"), None),
        (files.archive({"plan.txt": "hello"}), None),
        (files.old_office(), None),
        (b"<html><script>alert(1)</script></html>", None),
        (b"MZ\x90\0" + files.pdf(), None),
        (b"<html>" + files.pdf(), None),
        (b"#!/bin/sh\n", None),
        (files.EICAR, None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str | None) -> None:
    assert recognise(io.BytesIO(content)) == kind


def test_an_office_file_that_was_cut_off_does_not_open() -> None:
    with pytest.raises(UnreadableError):
        recognise(io.BytesIO(files.office()[:-30]))


def test_a_photo_loses_its_place_maker_and_comment_and_stands_upright() -> None:
    before = Image.open(io.BytesIO(files.phone_photo()))
    assert before.getexif().get_ifd(0x8825)
    after = drawn(files.phone_photo())
    assert (before.size, after.size) == ((60, 40), (40, 60))
    assert not after.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(after.info)
    red, _green, blue = after.convert("RGB").getpixel((20, 5))  # type: ignore[misc]  # the left side is the upper one now
    assert red > 200
    assert blue < 60


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_a_scan_of_any_depth_stays_a_picture_without_texts_in_it(mode: str) -> None:
    base = "L" if mode == "I;16" else mode
    picture = Image.open(io.BytesIO(files.picture("PNG", mode=base)))
    written = io.BytesIO()
    said = PngInfo()
    said.add_text("Author", "Noor de Vries")
    (picture.convert("I;16") if mode == "I;16" else picture).save(written, "PNG", pnginfo=said)
    after = drawn(written.getvalue(), kind="png")
    after.load()
    assert after.size == (60, 40)
    assert "Author" not in after.info


def test_a_picture_for_print_becomes_one_for_screens() -> None:
    assert drawn(files.picture(mode="CMYK")).mode == "RGB"


def test_what_was_hidden_behind_a_picture_is_gone() -> None:
    target = io.BytesIO()
    redraw(io.BytesIO(files.picture() + files.archive({"evil.exe": "MZ"})), target, kind="jpg")
    assert b"PK\x03\x04" not in target.getvalue()


def test_a_large_photo_is_read_at_half_its_size_and_a_bomb_not_at_all() -> None:
    assert max(drawn(files.picture(size=(12_400, 9_000), mode="L")).size) == 6_200
    with pytest.raises(HugeError):
        drawn(files.png_bomb(), kind="png")


@pytest.mark.parametrize(
    "content",
    [files.picture()[:-300], files.picture("PNG")[:60], b"\xff\xd8\xff", b""],
    ids=["half a photo", "half a drawing", "only a head", "nothing"],
)
def test_half_a_picture_is_no_picture_whatever_another_library_set(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(UnreadableError):
        drawn(content, kind="png" if content.startswith(b"\x89") else "jpg")


def test_a_picture_that_goes_by_another_type_is_not_drawn() -> None:
    with pytest.raises(UnreadableError):
        drawn(files.picture("GIF"))


@pytest.mark.parametrize(
    "content",
    [
        files.pdf(root={"/OpenAction": files.script()}),
        files.pdf(root={"/AA": Dictionary(WC=files.script())}),
        files.pdf(root={"/Names": Dictionary(JavaScript=Dictionary(Names=Array(["x", files.script()])))}),
        files.pdf(root={"/OpenAction": Dictionary(S=Name.Launch, F="cmd.exe")}),
        files.pdf(root={"/OpenAction": Dictionary(S=Name.URI, URI="http://x.example", Next=files.script())}),
        files.pdf(root={"/AcroForm": Dictionary(XFA=b"<xdp/>", Fields=Array([]))}),
        files.pdf(page={"/AA": Dictionary(O=files.script())}),
        files.pdf(page={"/Annots": Array([Dictionary(Subtype=Name.Link, A=files.script())])}),
        files.pdf(page={"/Annots": Array([Dictionary(Subtype=Name.FileAttachment, FS=Dictionary(F="x"))])}),
        files.pdf(page={"/Annots": Array([Dictionary(Subtype=Name.RichMedia), Dictionary(Subtype=Name.Screen)])}),
        files.pdf(page={"/Annots": Array([Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F="x.pdf"))])}),
        files.pdf_with_attachment(),
        files.pdf(root={"/Collection": Dictionary(D="x")}),
    ],
)
def test_nothing_in_a_pdf_can_act(content: bytes) -> None:
    after = disarmed(content)
    with pikepdf.open(io.BytesIO(after)) as pdf:
        said = b" ".join(thing.unparse(resolved=False) for thing in pdf.objects if isinstance(thing, pikepdf.Object))
        assert len(pdf.pages) == 1
    for word in (b"JavaScript", b"Launch", b"EmbeddedFile", b"/EF", b"XFA", b"FileAttachment", b"RichMedia", b"GoToR"):
        assert word not in said
    assert b"Collection" not in said
    assert disarmed(after) == after


def test_what_one_reads_and_clicks_in_a_pdf_stays() -> None:
    link = Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="http://amersfoort.example"))
    with pikepdf.open(io.BytesIO(disarmed(files.pdf(pages=3, page={"/Annots": Array([link])})))) as pdf:
        assert len(pdf.pages) == 3
        assert str(pdf.pages[0].obj["/Annots"][0]["/A"]["/URI"]) == "http://amersfoort.example"


def test_a_pdf_that_is_also_something_else_is_only_a_pdf_afterwards() -> None:
    both = files.pdf() + files.archive({"evil.exe": "MZ"})
    assert b"PK\x03\x04" not in disarmed(both)


def test_a_pdf_with_a_password_is_told_apart_from_one_that_may_not_be_changed() -> None:
    with pytest.raises(ProtectedError):
        disarmed(files.pdf_with_password())
    with pikepdf.open(io.BytesIO(disarmed(files.pdf_with_password(user="")))) as pdf:
        assert not pdf.is_encrypted


def test_a_signed_pdf_is_kept_to_the_byte_unless_it_can_act_or_is_more_than_a_pdf() -> None:
    assert disarmed(files.signed_pdf()) == files.signed_pdf()
    for content in (
        files.signed_pdf(root={"/OpenAction": files.script()}),
        files.signed_pdf() + files.archive({"evil.exe": "MZ"}),
        files.signed_pdf() + b"more",
    ):
        with pytest.raises(HarmfulError):
            disarmed(content)


def test_a_pdf_that_refers_to_itself_without_end_is_no_trouble() -> None:
    nest: Any = Dictionary()
    for _ in range(300):
        nest = Dictionary(K=nest)
    with pytest.raises(Refusal):
        disarmed(files.pdf(root={"/X": nest}))
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Loop = pdf.make_indirect(Dictionary())
    pdf.Root.Loop.Loop = pdf.Root.Loop
    written = io.BytesIO()
    pdf.save(written)
    assert disarmed(written.getvalue()).startswith(b"%PDF-")


def test_a_pdf_that_lost_only_its_end_is_mended() -> None:
    with pikepdf.open(io.BytesIO(disarmed(files.pdf()[:-200]))) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", files.pdf()[:150], b"%PDF-1.7\n" + b"\xff" * 3000, files.pdf(pages=0)]
)
def test_a_pdf_that_shows_nothing_does_not_open(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        disarmed(content)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "odt"])
def test_an_honest_office_file_is_kept_to_the_byte(kind: str) -> None:
    content = files.office(kind, extra={"word/_rels/document.xml.rels": files.relations("hyperlink")})
    assert hashlib.sha256(checked(content)).digest() == hashlib.sha256(content).digest()


@pytest.mark.parametrize(
    "content",
    [
        files.office(extra={"word/vbaProject.bin": b"x"}),
        files.office(types=files.MACRO_TYPES),
        files.office("xlsx", extra={"xl/macrosheets/sheet1.xml": "<s/>"}),
        files.office("xlsx", extra={"xl/externalLinks/externalLink1.xml": "<x/>"}),
        files.office(extra={"word/embeddings/oleObject1.bin": b"x"}),
        files.office(extra={"word/activeX/activeX1.xml": "<x/>"}),
        files.office(extra={"word/_rels/settings.xml.rels": files.relations("attachedTemplate")}),
        files.office(extra={"word/_rels/document.xml.rels": files.relations("image")}),
        files.office("odt", extra={"Basic/Standard/Module1.xml": "<m/>"}),
        files.office("odt", extra={"Scripts/python/x.py": "x"}),
        files.office("odt", extra={"content.xml": files.odt_script()}),
        files.office(extra={"word/media/run.EXE": b"MZ"}),
        b"MZ\x90\0" + files.office(),
        files.zip_bomb(),
        files.office(extra={f"word/media/{number}.txt": "x" for number in range(5_001)}),
    ],
)
def test_an_office_file_that_can_act_or_unfolds_without_end_is_refused(content: bytes) -> None:
    with pytest.raises(HarmfulError):
        checked(content)


def test_an_office_file_with_a_password_is_told_so() -> None:
    with pytest.raises(ProtectedError):
        recognise(io.BytesIO(files.old_office(password=True)))
    with pytest.raises(ProtectedError):
        checked(files.office("odt", extra={"META-INF/manifest.xml": files.odt_manifest()}))


def test_an_office_file_with_a_damaged_part_does_not_open() -> None:
    content = bytearray(files.office(extra={"word/media/photo.jpg": bytes(range(256)) * 40}))
    place = content.index(b"word/media/photo.jpg") + 60
    content[place : place + 8] = b"\xff" * 8
    with pytest.raises(UnreadableError):
        checked(bytes(content))


def test_an_office_file_whose_list_of_parts_is_no_xml_does_not_open() -> None:
    with pytest.raises(UnreadableError):
        checked(files.office(types="<Types"))
