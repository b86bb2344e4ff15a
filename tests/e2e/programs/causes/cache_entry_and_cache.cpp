// cache_entry_and_cache.cpp - a cache owns its entries, and an entry the cache, so as to leave it when it is stale.
// gordian: exit 23
// gordian: prints 2 entries, 1 hit
// gordian: prints 2 entries, 1 hit
// gordian: cycle proved objects=3 instances=2 retained=2 of=Cache,Cache::Entry members=Cache::entries_,Cache::Entry::home_ cut=Cache::Entry::home_
// gordian: says cut Cache::Entry::home_: make it std::weak_ptr<Cache>.
#include <cstdio>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

class Cache : public std::enable_shared_from_this<Cache> {
 public:
  class Entry {
   public:
    Entry(std::shared_ptr<Cache> home, std::string key, std::string value)
        : home_(std::move(home)), key_(std::move(key)), value_(std::make_shared<const std::string>(std::move(value))) {}
    const std::string& key() const { return key_; }
    const std::shared_ptr<const std::string>& value() const { return value_; }
    void expire() {
#ifdef FIXED
      if (const auto home = home_.lock()) home->drop(*this);
#else
      home_->drop(*this);
#endif
    }

   private:
#ifdef FIXED
    std::weak_ptr<Cache> home_;
#else
    std::shared_ptr<Cache> home_;
#endif
    std::string key_;
    std::shared_ptr<const std::string> value_;
  };

  std::shared_ptr<Entry> put(const std::string& key, std::string value) {
    auto entry = std::make_shared<Entry>(shared_from_this(), key, std::move(value));
    entries_[key] = entry;
    recent_.push_front(entry.get());
    return entry;
  }
  std::shared_ptr<const std::string> get(const std::string& key) {
    const auto at = entries_.find(key);
    if (at == entries_.end()) return nullptr;
    ++hits_;
    return at->second->value();
  }
  void drop(const Entry& entry) {
    recent_.remove(&entry);
    entries_.erase(entry.key());
  }
  void print() const { std::printf("%zu entries, %d hit\n", entries_.size(), hits_); }

 private:
  std::unordered_map<std::string, std::shared_ptr<Entry>> entries_;
  std::list<const Entry*> recent_;
  int hits_ = 0;
};

void serve() {
  auto cache = std::make_shared<Cache>();
  cache->put("/", "<html>");
  cache->put("/style.css", "p {}");
  const auto stale = cache->put("/news", "<html>");
  stale->expire();
  cache->get("/");
  cache->print();
}

int main() {
  serve();
  serve();
}
