"""Putting a row back to an earlier version."""

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import content
from ..history import Restoration, moment_of, restoration_to
from ..versions import hold


class PutsBack:
    """An earlier version is put back past the same checks as the form's, by whoever may change the
    row now, and only what they may change in the form."""

    may_be_put_back = True

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        view = self.admin_site.admin_view(self.restore_view)
        own = path("<path:object_id>/history/<int:version>/restore/", view, name=name)
        return [own, *super().get_urls()]

    def _may_put_back(self, request, obj) -> bool:
        """Who may change only the words of some language would put back all of them."""
        return self.may_be_put_back and self.may_change(request.user, obj)

    def restore_view(self, request, object_id, version):
        """Show what would change; once it is sent, change it."""
        try:
            moment = moment_of(version)
        except OverflowError:
            raise Http404 from None
        obj = self._row(request, object_id)
        if not self._may_put_back(request, obj):
            raise PermissionDenied
        error = None
        if request.method == "POST":
            try:
                self._put_back(request, obj, moment)
            except (ValidationError, IntegrityError) as refused:
                error = refused
            else:
                return self._to_history(obj)
        return self._restore_page(request, self._row(request, object_id), moment, error)

    def _to_history(self, obj):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_history"
        return redirect(name, quote(obj.pk))

    def _restore_page(self, request, obj, moment, error):
        name = capfirst(str(obj))
        restoration = self._restoration(request, obj, moment)
        context = {
            **self._history_context(request, obj),
            "title": _("Återställ: %(name)s") % {"name": name},
            "moment": moment,
            "restoration": restoration,
            "errors": sentences(error) if error else [],
        }
        return TemplateResponse(request, "admin/restore.html", context)

    @transaction.atomic
    def _put_back(self, request, obj, moment) -> None:
        self.hold(obj)
        restoration = self._restoration(request, self._row(request, str(obj.pk)), moment)
        if not restoration.lines:
            text = _("Allt står redan som i den versionen. Inget är ändrat.")
            self.message_user(request, text)
            return
        restoration.check_seen(request.POST.get("seen", ""))
        self._write(request, restoration)
        self.log_change(request, restoration.row, restoration.reason)
        self.message_user(request, f"{restoration.reason}.", messages.SUCCESS)

    def _write(self, request, restoration: Restoration) -> None:
        self.check_restored(restoration)
        restoration.row.full_clean()
        restoration.row._change_reason = restoration.reason
        self.write_restored(request, restoration)
        content.changed(restoration.row)

    def _restoration(self, request, obj, moment) -> Restoration:
        fields = set(flatten_fieldsets(self.get_fieldsets(request, obj)))
        fields -= set(self.get_readonly_fields(request, obj))
        branches = self.get_history_branches(request)
        found = restoration_to(obj, moment, fields=fields, branches=branches)
        if found is None:
            raise Http404
        return found

    def hold(self, obj):
        """Keep others from changing the row until the transaction ends."""
        hold(obj)

    def check_restored(self, restoration: Restoration):
        """What the form checks besides the row itself; raises ValidationError."""

    def write_restored(self, request, restoration: Restoration):
        """Where a subclass calls its action instead."""
        restoration.row._history_user = request.user
        restoration.row.save()
        restoration.write_rows(request.user)


def sentences(error: ValidationError | IntegrityError) -> list[str]:
    if isinstance(error, ValidationError):
        return error.messages
    return [_("Någon annan sparade i samma stund. Inget är återställt. Försök igen.")]
