"""Works on the text of a product: begin, change a file, take in a whole folder, throw away. Every act is signed."""

from __future__ import annotations

from collections.abc import Mapping

from services.forms.domain.inspection import Inspection, inspect, with_examples
from services.forms.domain.working import (
    ChangedByColleagueError,
    NoWorkingCopyError,
    WorkingCopy,
    check_file,
    check_files,
    check_product_id,
)
from services.forms.ports.desk import Act, Desk, DeskMeans
from shared.catalogue.publications import Signature


def begin_editing(product_id: str, *, means: DeskMeans, signed: Signature) -> WorkingCopy:
    """Give the working copy of a product; without one, begin it with the text that serves.

    Raises:
        NoWorkingCopyError: no such product serves, and nobody works on one.
    """
    with means.open_desk() as desk:
        found = desk.find_copy(product_id)
        if found is not None:
            return found
        product = means.serving().get(product_id)
        if product is None:
            raise NoWorkingCopyError
        last = next((one for one in desk.publications_of(product_id) if one.version == product.version), None)
        files = with_examples(product.files, examples=last.examples if last else None)
        return _begin(product_id, files=files, based_on=product.version, desk=desk, act="begun", signed=signed)


def change_file(
    product_id: str, *, change: tuple[str, str | None], revision: int, means: DeskMeans, signed: Signature
) -> WorkingCopy:
    """Give one file another text, or None: take it out. A file that was not there yet is added.

    Raises:
        NoWorkingCopyError: nobody works on this product (any more).
        ChangedByColleagueError: the working copy is not at this revision any more.
        UnfitTextError: this can be no part of a product.
    """
    name, text = change
    with means.open_desk() as desk:
        copy = _copy_at(revision, product_id=product_id, desk=desk)
        files = {one: kept for one, kept in copy.files.items() if one != name}
        act: Act = "removed"
        if text is not None:
            files[name] = check_file(name, text)
            act = "changed" if name in copy.files else "added"
        if files == copy.files:
            return copy
        return _keep(copy, files=check_files(files), desk=desk, act=act, signed=signed, file=name)


def take_in(
    product_id: str, *, files: Mapping[str, str], revision: int | None, means: DeskMeans, signed: Signature
) -> WorkingCopy:
    """Make a whole folder the working copy of a product, which may be new; `revision` is None when there was none.

    Raises:
        ChangedByColleagueError: there is a working copy that the uploader did not see.
        UnfitTextError: the product cannot have this id, or these files.
    """
    check_product_id(product_id)
    fit = check_files(files)
    with means.open_desk() as desk:
        found = desk.find_copy(product_id)
        if found is None and revision is None:
            product = means.serving().get(product_id)
            based_on = product.version if product else None
            return _begin(product_id, files=fit, based_on=based_on, desk=desk, act="uploaded", signed=signed)
        if found is None or found.revision != revision:
            raise ChangedByColleagueError
        return _keep(found, files=fit, desk=desk, act="uploaded", signed=signed)


def throw_away(product_id: str, *, revision: int, means: DeskMeans, signed: Signature) -> None:
    """Throw the working copy away; what serves stays.

    Raises:
        NoWorkingCopyError, ChangedByColleagueError: as `change_file`.
    """
    with means.open_desk() as desk:
        _copy_at(revision, product_id=product_id, desk=desk)
        desk.drop_copy(product_id, revision=revision)
        desk.note(product_id, act="thrown_away", signed=signed)


def inspect_copy(product_id: str, *, files: Mapping[str, str], means: DeskMeans) -> Inspection:
    """Say all that is wrong with these texts, as the checker does."""
    others = {name: product for name, product in means.serving().items() if name != product_id}
    return inspect(files, product_id=product_id, municipality=means.municipality, others=others)


def _copy_at(revision: int, *, product_id: str, desk: Desk) -> WorkingCopy:
    copy = desk.find_copy(product_id)
    if copy is None:
        raise NoWorkingCopyError
    if copy.revision != revision:
        raise ChangedByColleagueError
    return copy


def _begin(
    product_id: str, *, files: Mapping[str, str], based_on: str | None, desk: Desk, act: Act, signed: Signature
) -> WorkingCopy:
    who, at = signed.by.name, signed.at
    copy = WorkingCopy(
        product=product_id,
        based_on=based_on,
        files=files,
        revision=1,
        begun_at=at,
        begun_by=who,
        changed_at=at,
        changed_by=who,
    )
    if not desk.begin_copy(copy):
        raise ChangedByColleagueError
    desk.note(product_id, act=act, signed=signed)
    return copy


def _keep(
    copy: WorkingCopy, *, files: Mapping[str, str], desk: Desk, act: Act, signed: Signature, file: str = ""
) -> WorkingCopy:
    if not desk.change_copy(copy.product, files=files, revision=copy.revision, signed=signed):
        raise ChangedByColleagueError
    desk.note(copy.product, act=act, signed=signed, file=file)
    kept = desk.find_copy(copy.product)
    if kept is None:
        raise NoWorkingCopyError
    return kept
