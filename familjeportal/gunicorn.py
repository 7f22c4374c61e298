"""How gunicorn serves the portal. No visitor's address or query is ever logged."""

import multiprocessing
import os

from gunicorn.http import message

from familjeportal.server_log import DiscreetLogger

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", min(multiprocessing.cpu_count(), 4)))
threads = 4
keepalive = 15
# A question of 10,000 characters is cut by its page with a word about it; "å" takes six of these.
message.MAX_REQUEST_LINE = limit_request_line = 65_536
control_socket_disable = True
max_requests = 5_000
max_requests_jitter = 500
# Method, path without its query, status, bytes, milliseconds: no address, query, referrer or agent.
access_log_format = "%(m)s %(U)s %(s)s %(B)s %(M)s"
logger_class = DiscreetLogger
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
errorlog = "-"
loglevel = "warning"
