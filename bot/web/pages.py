"""The institution's demo page with the widget, the widget's file, health and figures."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.templating import Jinja2Templates
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.staticfiles import StaticFiles

from bot.assistant import Assistant
from bot.knowledge.answers import Knowledge
from bot.languages import LANGUAGES, NATIVE_NAMES, direction
from bot.sentences import section

HERE = Path(__file__).parent
TEMPLATES = Jinja2Templates(HERE / "templates")
STATIC = StaticFiles(directory=HERE / "static")


def router(knowledge: Knowledge, assistant: Assistant, default_language: str) -> APIRouter:
    """The routes of the customer's side."""
    routes = APIRouter()

    @routes.get("/", response_class=HTMLResponse)
    async def demo(request: Request, lang: Annotated[str | None, Query()] = None) -> Response:
        """The page in `lang`, else in the first of the browser's languages that is one of ours."""
        language = lang if lang in LANGUAGES else _accepted(request.headers.get("accept-language", ""), default_language)
        nonce = secrets.token_urlsafe(16)
        context = {
            "lang": language,
            "dir": direction(language),
            "t": section(language, "demo"),
            "languages": [{"code": code, "name": NATIVE_NAMES[code]} for code in LANGUAGES],
            "organisation": {"name": knowledge.organisation["name"][language]},
            "nonce": nonce,
        }
        page = TEMPLATES.TemplateResponse(request, "demo.html", context)
        page.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self'; style-src 'nonce-{nonce}'; img-src 'self' data:; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        page.headers["Vary"] = "Accept-Language"
        page.headers["X-Content-Type-Options"] = "nosniff"
        page.headers["Referrer-Policy"] = "same-origin"
        return page

    @routes.get("/health")
    async def health() -> JSONResponse:
        """200 when customers are answered; 503 when the assistant is down (the page and the store still work)."""
        ready = await assistant.ready()
        return JSONResponse({"assistant": "up" if ready else "down"}, 200 if ready else 503)

    @routes.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return routes


def _accepted(header: str, default: str) -> str:
    codes = [part.split(";")[0].strip().lower()[:2] for part in header.split(",")]
    return next((code for code in codes if code in LANGUAGES), default)
