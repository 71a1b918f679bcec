"""An example of a client of Telex, with nats-py: publishes a document, follows
what is live, or reads NEWS through its own consumer. See ../README.md."""

import asyncio
import hashlib
import json
import os
import ssl
import sys

import nats
from nats.errors import TimeoutError as NoMessages

INBOX = os.environ.get("NATS_INBOX_PREFIX", "_INBOX")


async def connect():
    options = {"inbox_prefix": INBOX, "max_reconnect_attempts": -1}
    if seed := os.environ.get("NATS_NKEY"):
        options["nkeys_seed"] = seed
    if ca := os.environ.get("NATS_CA"):
        options["tls"] = ssl.create_default_context(cafile=ca)
    servers = os.environ.get("NATS_URL", "nats://127.0.0.1:4222").split(",")
    return await nats.connect(servers=servers, **options)


async def publish(nc, source, file):
    """Waits until the document is stored. The message id is made of what is sent
    and by whom, so that sending it again, after a lost answer, stores it once."""
    with open(file, "rb") as f:
        data = f.read()
    headers = {"Nats-Msg-Id": hashlib.sha256(f"{source}\n".encode() + data).hexdigest()[:32]}
    ack = await nc.jetstream().publish(f"documents.{source}", data, headers=headers)
    print("was stored before as" if ack.duplicate else "stored as", ack.seq)


async def follow(nc, subject, count):
    sub = await nc.subscribe(subject)
    await nc.flush()
    async for msg in sub.messages:
        show(msg.subject, msg.data)
        count -= 1
        if count == 0:
            return


async def read(nc, consumer, count):
    js = nc.jetstream(prefix=os.environ.get("NATS_API_PREFIX", "$JS.API"))
    sub = await js.pull_subscribe_bind(durable=consumer, stream="NEWS", inbox_prefix=f"{INBOX}.".encode())
    while True:
        try:
            messages = await sub.fetch(10 if count <= 0 else min(10, count), timeout=5)
        except NoMessages:
            continue
        for msg in messages:
            show(msg.subject, msg.data)
            await msg.ack_sync()  # only now is it done
            count -= 1
            if count == 0:
                return


def show(subject, data):
    """Prints the first sentence of an article, or a quotation."""
    body = json.loads(data)
    text = body.get("quote", {}).get("text", "")
    if body.get("sentences"):
        start, end = body["sentences"][0]["span"]  # code points of raw
        text = body["raw"][start:end]
    print(f"{subject}\t{text}", flush=True)


async def main(args):
    nc = await connect()
    try:
        match args:
            case ["publish", source, file]:
                await publish(nc, source, file)
            case ["follow", subject, *count]:
                await follow(nc, subject, int(count[0]) if count else 0)
            case ["read", consumer, *count]:
                await read(nc, consumer, int(count[0]) if count else 0)
            case _:
                sys.exit("usage: telex.py publish SOURCE FILE | follow SUBJECT [COUNT] | read CONSUMER [COUNT]")
    finally:
        await nc.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
