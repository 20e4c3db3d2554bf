"""The Scrapy project's settings. The configuration is read here, once, at the edge.

``-s`` wins over everything below: ``-s COOPWATCH_DATABASE_URL=`` runs without a database.
"""

from __future__ import annotations

from importlib.metadata import version

from configuration import read_configuration

_configuration = read_configuration()
_version = version("coopwatch")

BOT_NAME = "coopwatch"
COMMANDS_MODULE = "crawler.commands"
SPIDER_LOADER_CLASS = "crawler.loader.SourceSpiders"

COOPWATCH_DATABASE_URL = _configuration.database
COOPWATCH_CONTACT = _configuration.contact
COOPWATCH_SOURCES_DIR = str(_configuration.sources_dir or "")
COOPWATCH_VERSION = _version
COOPWATCH_LEASHED = False

# Manners. The source's delay and robots.txt decide the pace; the delay here is for URLs that
# belong to no source (scrapy shell), and never 0: Scrapy would then ignore the concurrency limit.
ROBOTSTXT_OBEY = True
USER_AGENT = f"coopwatch/{_version} (+{_configuration.contact or 'no contact given'})"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# One request on its way, the others in the queue, where priorities hold and a stop finds them:
# sixteen waiting for their turn would hold up Ctrl-C by sixteen delays.
CONCURRENT_REQUESTS = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
COOKIES_ENABLED = False
# Drupal's cache answers 304 only to the encoding it first served.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ru,be;q=0.8,en;q=0.6",
    "Accept-Encoding": "gzip, deflate",
}

# Limits against hostile or broken answers.
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
METAREFRESH_ENABLED = False
DOWNLOAD_HANDLERS = {
    "http": "crawler.network.GuardedHandler",
    "https": "crawler.network.GuardedHandler",
    "ftp": None,
    "s3": None,
}

# The spider asks for nothing twice, by what the database knows: a set of all requests ever made
# would grow with the archive.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.network.WithinHosts": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.RememberedRobots": 100,
    "crawler.validators.ConditionalRequests": 410,
    "crawler.allowance.Allowance": 950,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawler.retrying.PatientRetry": 550,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "crawler.network.RedirectsWithinHosts": 600,
}
ITEM_PIPELINES = {
    "crawler.pipelines.Visits": 100,
    "crawler.pipelines.Assess": 300,
    "crawler.pipelines.Store": 500,
    "crawler.pipelines.Flatten": 900,
}
EXTENSIONS = {
    "crawler.record.CrawlRecord": 100,
    "crawler.progress.WalkProgress": 150,
    "crawler.politeness.Politeness": 200,
    "crawler.leash.Leash": 300,
}

FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.logs.QuietFormatter"
STATS_DUMP = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # it runs code that it is sent
