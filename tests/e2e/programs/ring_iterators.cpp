// ring_iterators.cpp - entries keep their place in their cache's containers: that owns nothing, the way back does.
// gordian: exit 23
// gordian: cycle proved objects=4 instances=1 of=Cache,Entry cut=Entry::cache
#include <list>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

struct Cache;

struct Statistics {
  std::shared_ptr<void> last;
};
struct Entry {
  std::shared_ptr<Cache> cache;
  std::list<std::shared_ptr<Entry>>::iterator used;
  std::map<int, std::shared_ptr<Entry>>::iterator by_age;
  std::unordered_map<int, std::shared_ptr<Entry>>::iterator by_key;
  Statistics* statistics = nullptr;
};
struct Cache {
  std::list<std::shared_ptr<Entry>> used;
  std::map<int, std::shared_ptr<Entry>> by_age;
  std::unordered_map<int, std::shared_ptr<Entry>> by_key;
  std::unique_ptr<Statistics> statistics = std::make_unique<Statistics>();
};

void add(const std::shared_ptr<Cache>& cache, int key) {
  auto entry = std::make_shared<Entry>();
  entry->cache = cache;
  entry->used = cache->used.insert(cache->used.begin(), entry);
  entry->by_age = cache->by_age.emplace(-key, entry).first;
  entry->by_key = cache->by_key.emplace(key, entry).first;
  entry->statistics = cache->statistics.get();
  entry->statistics->last = entry;
}

int main() {
  auto cache = std::make_shared<Cache>();
  for (int key = 0; key < 3; ++key) add(cache, key);
}
