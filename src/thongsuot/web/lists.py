"""One way to build list pages: filter, sort, page, choose columns, export what is seen."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Model, QuerySet
from django.forms import BoundField, MultiWidget
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_filters import FilterSet
from django_tables2.rows import BoundRows

from thongsuot.web import excel
from thongsuot.web.drawing import address, local_day
from thongsuot.web.kept import Kept
from thongsuot.web.templatetags.web import number, vn_date
from thongsuot.web.widgets import in_words

PAGE_SIZES = (25, 50, 100)
FILTERS_IN_SIGHT = 4
FEW_COLUMNS = 3  # below this there is nothing to choose
SHELL = "web/list.html"
# Rows by their keys, in any order, without the joins named: no column in sight draws from them.
ReadByKeys = Callable[[list[int], Collection[str]], Iterable[Model]]
# Of the rows of a list in its own order, from the first of these numbers up to the second.
KeysFromTo = Callable[[int, int], list[int]]


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    name: str
    label: str
    shown: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class BulkAction:
    name: str
    label: Any
    kind: str = "plain"


@dataclass
class Listing:
    """What the shell around the table needs; templates know it as `listing`."""

    key: str
    total: int
    chips: list[Chip]
    columns: list[ColumnChoice]
    filter_fields: list[BoundField]
    more_fields: list[BoundField]
    more_open: bool
    kept: list[tuple[str, str]]
    query: str
    query_items: list[tuple[str, str]]
    clear_url: str
    export_url: str
    empty_title: Any
    empty_text: Any
    filters: Callable[[], SafeString]
    bulk_url: str = ""
    bulk_actions: Sequence[BulkAction] = field(default_factory=tuple)
    bulk_template: str = "web/bulk.html"

    @property
    def narrowed(self) -> bool:
        return bool(self.chips)


def list_page(
    request: HttpRequest,
    *,
    table_class: type[tables.Table],
    filterset: FilterSet,
    template: str = SHELL,
    context: Mapping[str, Any] | None = None,
    file_name: str = "",
    on_export: Callable[[int], None] | None = None,
    bulk_url: str = "",
    bulk_actions: Sequence[BulkAction] = (),
    total: int | None = None,
    read: ReadByKeys | None = None,
    keys: KeysFromTo | None = None,
) -> HttpResponse:
    """The page, its fragment for HTMX, or the Excel file. `file_name` switches the export on.

    `total` spares the counting of rows where the page has counted them already. With `read` the page finds out which
    rows it has before it reads them: of a large register with many joins, where the few one may see are far between.
    `keys` gives them in the list's own order, where it knows a faster way.
    """
    table = table_class(filterset.qs)  # given the request it would count rows before an export
    key = _key(request)
    columns = _choose_columns(request, table, key)
    if sort := request.GET.getlist("sort"):
        table.order_by = sort
    if file_name and request.GET.get("export") == "xlsx":
        return cast(HttpResponse, excel.export(table, file_name, on_export))
    _paginate(request, table, total)
    if read:
        _read_by_keys(table, read, keys)
    listing = _listing(request, table, filterset, key, columns)
    listing.export_url = address(request, export="xlsx", page=None) if file_name else ""
    listing.bulk_url, listing.bulk_actions = bulk_url, bulk_actions
    response = render(
        request,
        _template(request, template),
        {"table": table, "filterset": filterset, **(context or {}), "listing": listing},
    )
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def chosen_rows(
    request: HttpRequest, filterset_class: type[FilterSet], queryset: QuerySet[Any]
) -> QuerySet[Any]:
    """The rows a bulk form posted: those ticked, or all that match the filters the page had."""
    if request.POST.get("all"):
        query = QueryDict(request.POST.get("query", ""))
        matching: QuerySet[Any] = filterset_class(query, queryset=queryset, request=request).qs
        return matching
    return queryset.filter(pk__in=[pk for pk in request.POST.getlist("chosen") if pk.isdigit()])


def is_fragment(request: HttpRequest, target: str) -> bool:
    """Whether HTMX asks for the element with this id, and not for a whole page."""
    htmx: Any = getattr(request, "htmx", None)
    if not htmx or htmx.boosted or htmx.history_restore_request:
        return False
    return bool(htmx.target == target)


def _template(request: HttpRequest, page: str) -> str:
    if not is_fragment(request, "list"):
        return page
    try:
        get_template(f"{page}#table")
    except TemplateDoesNotExist:
        return f"{SHELL}#table"
    return f"{page}#table"


def _key(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else request.path


def _counted(total: int | None) -> type[Paginator[Any]]:
    """A paginator that need not count."""
    if total is None:
        return Paginator
    return type("CountedPaginator", (Paginator,), {"count": total})


def _paginate(request: HttpRequest, table: tables.Table, total: int | None) -> None:
    size = request.GET.get("per_page", "")
    per_page = int(size) if size.isdigit() and int(size) in PAGE_SIZES else PAGE_SIZES[0]
    try:
        table.paginate(_counted(total), page=request.GET.get("page", 1), per_page=per_page)
    except PageNotAnInteger:
        table.page = table.paginator.page(1)
    except EmptyPage:
        table.page = table.paginator.page(table.paginator.num_pages)


def _read_by_keys(table: tables.Table, read: ReadByKeys, keys: KeysFromTo | None) -> None:
    page = table.page
    first = (page.number - 1) * page.paginator.per_page
    last = first + page.paginator.per_page
    if keys is None or table.order_by:
        sorted_keys = table.data.data.select_related(None).prefetch_related(None).values_list("pk", flat=True)
        wanted = list(sorted_keys[first:last])
    else:
        wanted = keys(first, last)
    found = {row.pk: row for row in read(wanted, _spared(table))}
    rows = [found[key] for key in wanted if key in found]
    page.object_list = BoundRows(data=rows, table=table, pinned_data=table.pinned_data)


def _spared(table: tables.Table) -> set[str]:
    """Joins that only hidden columns draw from: they cost more than all else a row needs."""
    joined_for = getattr(table, "joined_for", {})
    return {
        join for name, join in joined_for.items() if name in table.columns and not table.columns[name].visible
    }


def _choose_columns(request: HttpRequest, table: tables.Table, key: str) -> list[ColumnChoice]:
    """The choice in the address is remembered for this list until the session ends."""
    session_key = f"columns:{key}"
    hidden = set(getattr(table, "hidden", ()))
    asked = request.GET.getlist("columns")
    if asked and hasattr(request, "session"):
        request.session[session_key] = asked
    wanted = set(asked or getattr(request, "session", {}).get(session_key, ()))
    choices: list[ColumnChoice] = []
    for column in [column for column in table.columns if _can_hide(column)]:
        fixed = not choices  # the first fact names the row
        shown = fixed or (column.name in wanted if wanted else column.name not in hidden)
        if not shown:
            table.columns.hide(column.name)
        choices.append(ColumnChoice(column.name, str(column.header), shown, fixed))
    return choices if len(choices) > FEW_COLUMNS else []


def _can_hide(column: Any) -> bool:
    """Check boxes and quotation marks stay: they are handles, not facts."""
    return not column.column.exclude_from_export


def _listing(
    request: HttpRequest, table: tables.Table, filterset: FilterSet, key: str, columns: list[ColumnChoice]
) -> Listing:
    fields = [bound for bound in filterset.form if not bound.is_hidden]
    in_sight = len(fields) if len(fields) <= FILTERS_IN_SIGHT + 1 else FILTERS_IN_SIGHT
    chips = [chip for bound in fields for chip in _chips(request, filterset, bound)]
    hidden_fields = {bound.label for bound in fields[in_sight:]}
    query = request.GET.copy()
    for name in ("page", "export", "columns"):
        query.pop(name, None)
    items = [(name, value) for name, values in query.lists() for value in values]
    listing = Listing(
        key=key,
        total=table.paginator.count,
        chips=chips,
        columns=columns,
        filter_fields=fields[:in_sight],
        more_fields=fields[in_sight:],
        more_open=any(chip.label in hidden_fields for chip in chips),
        kept=[(name, value) for name, value in items if name in ("sort", "per_page")],
        query=query.urlencode(),
        query_items=items,
        clear_url=_without_filters(request),
        export_url="",
        empty_title=getattr(table, "empty_title", _("Chưa có dòng nào")),
        empty_text=getattr(table, "empty_says", ""),
        filters=lambda: _filters(request, listing),
    )
    return listing


_filters_drawn: Kept[SafeString] = Kept(500)


def _filters(request: HttpRequest, listing: Listing) -> SafeString:
    """The form of the filters: the same as long as the address and what is offered are."""
    fields = [*listing.filter_fields, *listing.more_fields]
    offered = tuple(
        (bound.html_name, str(bound.label), in_words(getattr(bound.field, "choices", ()))) for bound in fields
    )
    key = (get_language(), listing.key, request.path, request.GET.urlencode(), offered)
    return _filters_drawn.get(
        key, lambda: render_to_string("web/filters.html", {"listing": listing, "request": request})
    )


def _without_filters(request: HttpRequest) -> str:
    return address(request, **{name: None for name in request.GET if name not in ("sort", "per_page")})


def _chips(request: HttpRequest, filterset: FilterSet, bound: BoundField) -> Iterator[Chip]:
    value = (
        filterset.form.cleaned_data.get(bound.name)
        if filterset.form.is_bound and filterset.is_valid()
        else None
    )
    if value in (None, "", [], ()) or (hasattr(value, "__len__") and not len(value)):
        return
    label = str(bound.label)
    if isinstance(value, QuerySet | list | tuple):
        for one in value:
            yield Chip(label, _in_words(bound, one), _without(request, bound.html_name, one))
        return
    names = [name for name in request.GET if name == bound.html_name or _is_part_of(name, bound)]
    yield Chip(label, _in_words(bound, value), address(request, page=None, **dict.fromkeys(names)))


def _is_part_of(name: str, bound: BoundField) -> bool:
    return isinstance(bound.field.widget, MultiWidget) and name.startswith(f"{bound.html_name}_")


def _without(request: HttpRequest, name: str, value: Any) -> str:
    query = request.GET.copy()
    gone = {str(value), str(getattr(value, "pk", value))}
    query.setlist(name, [kept for kept in query.getlist(name) if kept not in gone])
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}"


def _in_words(bound: BoundField, value: Any) -> str:
    if isinstance(value, slice):
        return _range_in_words(value)
    if hasattr(value, "strftime"):
        return vn_date(value)
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    choices = getattr(bound.field, "choices", None)
    if choices is not None and not hasattr(value, "pk"):
        return str(dict(_flat(choices)).get(value, value))
    return str(number(value))


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _range_in_words(span: slice) -> str:
    def word(end: Any) -> str:
        return vn_date(local_day(end)) if hasattr(end, "strftime") else number(end)

    if span.start is not None and span.stop is not None:
        return _("từ %(first)s đến %(last)s") % {"first": word(span.start), "last": word(span.stop)}
    if span.start is not None:
        return _("từ %(first)s") % {"first": word(span.start)}
    return _("đến %(last)s") % {"last": word(span.stop)}
