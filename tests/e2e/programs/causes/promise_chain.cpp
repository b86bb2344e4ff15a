// promise_chain.cpp - a promise owns what continues it, and each continuation the promise before, to cancel it.
// gordian: exit 23
// gordian: prints 1 of 2 loaded
// gordian: cycle proved objects=3 instances=1 retained=1 of=Promise cut=Promise::upstream_
// gordian: path Promise::continuations_[0] -> captured next
// gordian: says cut Promise::upstream_: make it std::weak_ptr<Promise>.
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class Promise : public std::enable_shared_from_this<Promise> {
 public:
  using Step = std::function<std::string(const std::string&)>;

  std::shared_ptr<Promise> then(Step step) {
    auto next = std::make_shared<Promise>();
    next->upstream_ = shared_from_this();
    continuations_.push_back([next, step = std::move(step)](const std::string& value) { next->resolve(step(value)); });
    return next;
  }
  void resolve(std::string value) {
    value_ = std::make_shared<std::string>(std::move(value));
    const auto continuations = std::move(continuations_);
    continuations_.clear();
    for (const auto& continuation : continuations) continuation(*value_);
  }
  void cancel() {
    cancelled_ = true;
#ifdef FIXED
    const auto upstream = upstream_.lock();
#else
    const auto upstream = upstream_;
#endif
    if (upstream) upstream->cancel();
  }

 private:
  bool cancelled_ = false;
  std::shared_ptr<std::string> value_;
#ifdef FIXED
  std::weak_ptr<Promise> upstream_;
#else
  std::shared_ptr<Promise> upstream_;
#endif
  std::vector<std::function<void(const std::string&)>> continuations_;
};

struct Page {
  std::shared_ptr<std::string> title = std::make_shared<std::string>();
};

std::shared_ptr<Promise> load(const Page& page, int& loaded) {
  auto fetched = std::make_shared<Promise>();
  fetched->then([](const std::string& bytes) { return bytes.substr(0, 5); })
      ->then([title = page.title, &loaded](const std::string& text) {
        *title = text;
        ++loaded;
        return text;
      });
  return fetched;
}

int main() {
  int loaded = 0;
  Page page, other;
  auto first = load(page, loaded);
  auto second = load(other, loaded);  // is never answered
  first->resolve("Title and text");
  std::printf("%d of 2 loaded\n", loaded);
}
