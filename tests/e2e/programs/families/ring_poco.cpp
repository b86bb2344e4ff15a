// ring_poco.cpp - Poco::AutoPtr from Poco's own headers.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: cycle proved objects=2 instances=1 of=Channel,Formatter members=Channel::formatter,Formatter::channel
#include <Poco/AutoPtr.h>
#include <Poco/RefCountedObject.h>

struct Formatter;
struct Channel : Poco::RefCountedObject {
  Poco::AutoPtr<Formatter> formatter;
};
struct Formatter : Poco::RefCountedObject {
  Poco::AutoPtr<Channel> channel;
};

int main() {
  Poco::AutoPtr<Channel> channel(new Channel);  // (made here)
  channel->formatter = new Formatter;           // (made here)
  channel->formatter->channel = channel;
}
