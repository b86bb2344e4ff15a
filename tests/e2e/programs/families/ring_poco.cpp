// ring_poco.cpp - Poco::AutoPtr, and Poco::SharedPtr with its counts apart, from Poco's own headers.
// gordian: exit 23
// gordian: options block_stacks=1
// gordian: cycle proved objects=2 instances=1 of=Cause,Effect members=Cause::effects,Effect::cause
// gordian: cycle proved objects=2 instances=1 of=Channel,Formatter members=Channel::formatter,Formatter::channel
// gordian: path Cause::effects[0]
#include <Poco/AutoPtr.h>
#include <Poco/RefCountedObject.h>
#include <Poco/SharedPtr.h>
#include <vector>

struct Formatter;
struct Channel : Poco::RefCountedObject {
  Poco::AutoPtr<Formatter> formatter;
};
struct Formatter : Poco::RefCountedObject {
  Poco::AutoPtr<Channel> channel;
};

// Nothing in memory says what these are.
struct Effect;
struct Cause {
  std::vector<Poco::SharedPtr<Effect>> effects;
};
struct Effect {
  Poco::SharedPtr<Cause> cause;
  int size = 0;
};

int main() {
  Poco::AutoPtr<Channel> channel(new Channel);  // (made here)
  channel->formatter = new Formatter;           // (made here)
  channel->formatter->channel = channel;

  Poco::SharedPtr<Cause> cause(new Cause);     // (made here)
  Poco::SharedPtr<Effect> effect(new Effect);  // (made here)
  cause->effects.push_back(effect);
  effect->cause = cause;
}
