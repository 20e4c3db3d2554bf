"""Few retries, each after a pause that stops the whole crawl; Retry-After is obeyed."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from typing_extensions import override

from crawler.items import header
from crawler.politeness import Politeness
from crawler.record import CrawlRecord
from crawler.spider import NewsSpider

_PATIENCE = 120.0
_LONGEST = 3600.0
_TROUBLES_IN_A_ROW = 5
_OUT_OF_BREATH = {429, 503}


class PatientRetry(RetryMiddleware):
    """Scrapy's retries with pauses, and an end to a crawl of a site that does not answer."""

    troubles = 0

    @override
    async def process_response(  # type: ignore[override] # the parent's is not async
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Pauses on 429 and 5xx, then has the request repeated; gives up after a few."""
        if not isinstance(self.crawler.spider, NewsSpider):
            return super().process_response(request, response)
        if response.status not in self.retry_http_codes:
            self.troubles = 0
            return response
        self.troubles += 1
        wait = _retry_after(response)
        if wait is not None and wait > _PATIENCE:
            self._leave_alone(request, wait, f"{response.url} answered {response.status}")
            return response
        if self.troubles >= _TROUBLES_IN_A_ROW:
            self._remember(request, response, self._backoff(request, self.troubles))
            self._end(f"the site answered {response.status} {self.troubles} times in a row")
            return response
        if request.meta.get("dont_retry") or self._exhausted(request):
            return response
        seconds = wait if wait is not None else self._backoff(request)
        self._remember(request, response, seconds)
        await self._pause(seconds)
        return super().process_response(request, response)

    @override
    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | Response | None:
        """Counts failures to answer at all among the troubles."""
        if isinstance(exception, self.exceptions_to_retry):
            self.troubles += 1
            if self.troubles >= _TROUBLES_IN_A_ROW:
                self._end(f"the site did not answer {self.troubles} times in a row: {exception}")
                return None
        return super().process_exception(request, exception)

    def _exhausted(self, request: Request) -> bool:
        return int(request.meta.get("retry_times", 0)) >= self.max_retry_times

    def _backoff(self, request: Request, times: int | None = None) -> float:
        """The delay, doubled with each repetition."""
        politeness = self.crawler.get_extension(Politeness)
        delay = politeness.delay if politeness else 1.0
        doublings = request.meta.get("retry_times", 0) if times is None else times
        return float(min(delay * 2**doublings, _PATIENCE if times is None else _LONGEST))

    def _remember(self, request: Request, response: Response, seconds: float) -> None:
        """Whoever comes next, after a kill too, leaves a host alone that is out of breath."""
        if response.status in _OUT_OF_BREATH and isinstance(self.crawler.spider, NewsSpider):
            until = datetime.now(UTC) + timedelta(seconds=seconds)
            self.crawler.spider.memory.back_off(urlparse_cached(request).netloc, until)

    async def _pause(self, seconds: float) -> None:
        engine = self.crawler.engine
        engine.pause()
        try:
            await asyncio.sleep(seconds)
        finally:
            engine.unpause()

    def _leave_alone(self, request: Request, seconds: float, what: str) -> None:
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        if isinstance(self.crawler.spider, NewsSpider):
            self.crawler.spider.memory.back_off(urlparse_cached(request).netloc, until)
        self._end(f"{what} and asks to be left alone until {until:%Y-%m-%d %H:%M:%S} UTC")

    def _end(self, reason: str) -> None:
        record = self.crawler.get_extension(CrawlRecord)
        if record is not None:
            record.end(reason)


def _retry_after(response: Response) -> float | None:
    value = header(response, "Retry-After")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
