"""What has been deleted: a list of it, and putting it back."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, ForeignKey
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..history import (
    deleted_on_page,
    deleted_records,
    describe,
    missing_around,
    restoration_of_deleted,
    went_together,
)
from .restoring import sentences


class BringsBackDeleted:
    """What has been deleted is put back past the same checks, by whoever may add such a row.

    With it come the rows that went with it and have pages of their own: with a service its hours.
    """

    change_list_template = "admin/change_list_with_deleted.html"

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        page = self.admin_site.admin_view
        own = [
            path("deleted/", page(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:key>/", page(self.bring_back_view), name=f"{name}_bring_back"),
        ]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_deleted"
        return super().changelist_view(
            request, {"deleted_url": reverse(name), **(extra_context or {})}
        )

    def deleted_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        branches = self.get_history_branches(request)
        page, deleted = deleted_on_page(self.model, branches, request.GET.get(PAGE_VAR))
        context = {
            **self._history_context(request),
            "title": _("Borttaget: %(what)s") % {"what": self.opts.verbose_name_plural},
            **self._pages(page),
            "saves": deleted,
        }
        return TemplateResponse(request, "admin/deleted_list.html", context)

    def bring_back_view(self, request, key):
        """Show what it was; once it is sent, put it back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        record = self.model.history.filter(history_id=key, history_type="-").first()
        there = self._there_again(record)
        if there:
            self.message_user(request, _("Det är redan återställt."))
            return self._to_history(there)
        if record is None or not deleted_records(self.model).filter(history_id=key).exists():
            raise Http404
        error = None
        if request.method == "POST":
            try:
                return self._to_history(self._bring_back_with_message(request, record))
            except (ValidationError, IntegrityError) as refused:
                error = refused
        return self._bring_back_page(request, record, error)

    def _there_again(self, record):
        pk = self.opts.pk.attname
        return record and self.model._base_manager.filter(pk=getattr(record, pk)).first()

    def _bring_back_page(self, request, record, error):
        branches = self.get_history_branches(request)
        row = restoration_of_deleted(record, branches).row
        missing = missing_around(row)
        context = {
            **self._history_context(request),
            "title": _("Borttaget: %(what)s") % {"what": self.opts.verbose_name},
            "deleted": describe([record], branches)[0],
            "coming": [_counted(*pair) for pair in self._gone_with(record) if pair[1]],
            "missing": missing,
            "may_put_back": not missing and self._may_bring_back(request, row),
            "errors": sentences(error) if error else [],
        }
        return TemplateResponse(request, "admin/bring_back.html", context)

    def _may_bring_back(self, request, row) -> bool:
        return self.may_be_put_back and self.has_delete_permission(request, row)

    @transaction.atomic
    def _bring_back_with_message(self, request, record):
        row = self._bring_back(request, record)
        self.message_user(request, f"{row._change_reason}.", messages.SUCCESS)
        return row

    def _bring_back(self, request, record):
        """The row, saved, with what went with it. ValidationError if something is in its way."""
        restoration = restoration_of_deleted(record, self.get_history_branches(request))
        row = restoration.row
        if missing := missing_around(row):
            raise ValidationError(_missing_words(missing))
        if not self._may_bring_back(request, row):
            raise PermissionDenied
        self.hold(row)
        self._write(request, restoration)
        row._change_reason = restoration.reason
        self.log_addition(request, row, restoration.reason)
        for page, records in self._gone_with(record):
            for below in records:
                page._bring_back(request, below)
        return row

    def _gone_with(self, record) -> Iterator[tuple["BringsBackDeleted", list]]:
        """The pages of what belonged to the row and can be put back, with what went with it."""
        key = getattr(record, self.opts.pk.attname)
        for page in self.admin_site._registry.values():
            if not isinstance(page, BringsBackDeleted) or not page.may_be_put_back:
                continue
            for field in page.opts.fields:
                if _belongs_to(field, self.model):
                    gone = deleted_records(page.model).filter(**{field.name: key})
                    yield page, [other for other in gone if went_together(other, record)]


def _belongs_to(field, model) -> bool:
    is_link = isinstance(field, ForeignKey) and field.related_model is model
    return is_link and field.remote_field.on_delete is CASCADE


def _counted(page: BringsBackDeleted, records: list) -> str:
    return f"{capfirst(page.opts.verbose_name_plural)}: {len(records)}"


def _missing_words(missing: list[str]) -> str:
    return _("Det som det hör till är också borttaget: %(what)s. Återställ det först.") % {
        "what": ", ".join(missing)
    }
