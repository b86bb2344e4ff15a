// connection.h - what an event loop waits for: a connection that alone owns its session, which points back.
#pragma once

#include <memory>

struct Connection;
struct Session {
  Connection* connection = nullptr;
};
struct Connection {
  std::shared_ptr<Session> session = std::make_shared<Session>();
  Connection() { session->connection = this; }
};
