"""Which machines a crawl may talk to: the source's hosts, and none in a private network."""

from __future__ import annotations

import ipaddress

from scrapy import Request, Spider
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from typing_extensions import override

from crawler.source import Source

_REDIRECTS = {301, 302, 303, 307, 308}


class ForbiddenAddress(IgnoreRequest):
    """The host's address lies in a private, loopback or link-local network."""


class WithinHosts(OffsiteMiddleware):
    """Keeps requests, redirects and retries within the source's hosts, ports included."""

    @override
    def should_follow(self, request: Request, spider: Spider) -> bool:
        """Whether the request goes to the source's hosts; without a source it may go anywhere."""
        source = source_of(spider)
        return source is None or source.owns(request.url)

    @override
    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Raises IgnoreRequest for a request that leaves the hosts, also for one not to be filtered
        as a duplicate (the parent lets those pass, and a redirect inherits the mark).
        """
        current = self.crawler.spider
        if current is not None and not self.should_follow(request, current):
            raise IgnoreRequest(f"{request.url} lies outside the source's hosts")


class RedirectsWithinHosts(RedirectMiddleware):
    """Scrapy's redirects; one that leaves the source's hosts fails the request that led there,
    where Scrapy would only drop the new one and leave the old one without an end.
    """

    @override
    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The response, or the request it redirects to; raises IgnoreRequest."""
        followed = super().process_response(request, response)
        source = source_of(self.crawler.spider)
        if source is None:
            return followed
        if followed is response and response.status in _REDIRECTS:
            raise IgnoreRequest(f"answered {response.status} with a redirect that leads nowhere")
        if not source.owns(followed.url):
            raise IgnoreRequest(f"redirected to {followed.url}, outside the source's hosts")
        return followed


class GuardedHandler(HTTP11DownloadHandler):
    """Refuses private addresses after the name was resolved and before a connection is made.

    Scrapy's resolver caches, so that the connection goes to the address that was checked.
    """

    async def download_request(self, request: Request) -> Response:
        """The response, or ForbiddenAddress."""
        source = source_of(self._crawler.spider)
        if source is not None and not source.allow_private and not request.meta.get("proxy"):
            await self._check(urlparse_cached(request).hostname or "")
        return await super().download_request(request)

    async def _check(self, host: str) -> None:
        from twisted.internet import reactor  # noqa: PLC0415 - an import installs the reactor

        address = await maybe_deferred_to_future(reactor.resolve(host))  # type: ignore[arg-type] # zope's description of it is wrong
        if not ipaddress.ip_address(address).is_global:
            raise ForbiddenAddress(
                f"{host} is {address}, an address that is not public; a source file with "
                "allow_private = true permits it"
            )


def source_of(spider: Spider | None) -> Source | None:
    """The source that a spider visits; None for Scrapy's own default spider."""
    source = getattr(spider, "source", None)
    return source if isinstance(source, Source) else None
