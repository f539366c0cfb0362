"""The systems' names, as tables print them."""

FLOOR = "relay on picows"
BARE = "bare relay"
DURABLE = "durable relay, SQLite"
DURABLE_PG = "durable relay, PostgreSQL"
BESIDE = "Beside, SQLite"
NODE = "Beside, PostgreSQL + NATS, one node"
NODES = "Beside, PostgreSQL + NATS, two nodes"
