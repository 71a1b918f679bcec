// An example of a client of Telex, with nats.js 3: publishes a document, follows
// what is live, or reads NEWS through its own consumer. See ../README.md.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect, nkeyAuthenticator } from "@nats-io/transport-node";
import { jetstream } from "@nats-io/jetstream";

const env = process.env;

async function open() {
  const options = {
    servers: (env.NATS_URL ?? "nats://127.0.0.1:4222").split(",").map((s) => s.replace(/^\w+:\/\//, "")),
    inboxPrefix: env.NATS_INBOX_PREFIX ?? "_INBOX",
    maxReconnectAttempts: -1,
  };
  if (env.NATS_NKEY) options.authenticator = nkeyAuthenticator(Buffer.from(readFileSync(env.NATS_NKEY, "utf8").trim()));
  if (env.NATS_CA) options.tls = { caFile: env.NATS_CA };
  return await connect(options);
}

// Waits until the document is stored. The message id is made of what is sent and
// by whom, so that sending it again, after a lost answer, stores it once.
async function publish(nc, source, file) {
  const data = readFileSync(file);
  const msgID = createHash("sha256").update(`${source}\n`).update(data).digest("hex").slice(0, 32);
  const ack = await jetstream(nc).publish(`documents.${source}`, data, { msgID });
  console.log(ack.duplicate ? "was stored before as" : "stored as", ack.seq);
}

async function follow(nc, subject, count) {
  const sub = nc.subscribe(subject, count > 0 ? { max: count } : {});
  await nc.flush();
  for await (const msg of sub) show(msg.subject, msg.json());
}

async function read(nc, name, count) {
  const js = jetstream(nc, { apiPrefix: env.NATS_API_PREFIX ?? "$JS.API" });
  const consumer = await js.consumers.get("NEWS", name);
  const messages = await consumer.consume({ max_messages: 10 });
  for await (const msg of messages) {
    show(msg.subject, msg.json());
    await msg.ackAck(); // only now is it done
    if (--count === 0) break;
  }
  await messages.close();
}

// Prints the first sentence of an article, or a quotation.
function show(subject, body) {
  let text = body.quote?.text ?? "";
  if (body.sentences?.length > 0) {
    const [start, end] = body.sentences[0].span; // code points of raw
    text = Array.from(body.raw).slice(start, end).join("");
  }
  console.log(`${subject}\t${text}`);
}

const [verb, ...args] = process.argv.slice(2);
const run = {
  publish: (nc) => publish(nc, args[0], args[1]),
  follow: (nc) => follow(nc, args[0], Number(args[1] ?? 0)),
  read: (nc) => read(nc, args[0], Number(args[1] ?? 0)),
}[verb];
if (!run || args.length === 0) {
  console.error("usage: telex.mjs publish SOURCE FILE | follow SUBJECT [COUNT] | read CONSUMER [COUNT]");
  process.exit(2);
}
const nc = await open();
try {
  await run(nc);
} finally {
  await nc.close();
}
