"""How much of a file is taken from the network: no more than the limit reaches the disk."""

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

FAR_TOO_MUCH = 10  # times the limit: not even listened to, though the person gets no sentence then
FILM_FIELD = "new_film"


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Keeps a file up to the limit. A larger one is listened to, thrown away and left empty.

    Its `size` says how large it was, so that the form can say what is wrong. A film may be larger,
    from staff who have signed in.
    """

    received = 0
    announced = 0
    most = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        self.announced = content_length

    def new_file(self, field_name, *args, **kwargs):
        is_film = field_name == FILM_FIELD and self.request.user.is_staff
        self.most = settings.FILM_MOST_BYTES if is_film else settings.UPLOAD_MOST_BYTES
        if self.announced > FAR_TOO_MUCH * self.most:
            raise StopUpload(connection_reset=True)
        self.received = 0
        super().new_file(field_name, *args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received <= self.most:
            self.file.write(raw_data)
        else:
            self.file.truncate(0)
