"""Tornado's own server."""

import asyncio

import tornado.web
import usage


class Export(tornado.web.RequestHandler):
    def get(self, workspace_id):
        try:
            workspace = usage.find(self.request.headers.get("Authorization"), workspace_id)
        except usage.Refused as refused:
            self.set_status(refused.status)
            self.answer(refused.headers, refused.body)
            return
        self.answer(usage.success_headers(workspace), usage.render(workspace))

    head = get

    def answer(self, headers, body):
        for name, value in headers.items():
            self.set_header(name, value)
        self.finish(body)


async def main():
    app = tornado.web.Application([(r"/workspaces/([^/]+)/organizations/usage\.pdf", Export)])
    app.listen(usage.port, "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
