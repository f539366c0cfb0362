// The peer "Socket.IO + PostgreSQL insert": rooms, one insert a message, the ack after it, then the room hears it.
// node socketio_server.mjs PORT DATABASE_SOCKET_FOLDER DATABASE ROLE
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PEER_MODULES}/`);
const { Server } = require("socket.io");
const pg = require("pg");

const [port, host, database, user] = process.argv.slice(2);
const pool = new pg.Pool({ host, database, user });
await pool.query("CREATE TABLE messages (id bigserial PRIMARY KEY, room text NOT NULL, sender text NOT NULL, body text NOT NULL)");

const insert = {
  name: "insert",
  text: "INSERT INTO messages (room, sender, body) VALUES ($1, $2, $3) RETURNING id",
};

const http = createServer();
// Long polling is what a browser begins with; these clients speak WebSocket from the start.
const io = new Server(http, { transports: ["websocket"], serveClient: false });
io.on("connection", (socket) => {
  socket.on("join", (room, sender, done) => {
    socket.data = { room, sender };
    socket.join(room);
    done();
  });
  socket.on("say", async (n, body, stored) => {
    const { room, sender } = socket.data;
    const { rows } = await pool.query({ ...insert, values: [room, sender, body] });
    stored(rows[0].id);
    io.to(room).emit("said", n, sender, body);
  });
});
http.listen(Number(port), "127.0.0.1");
