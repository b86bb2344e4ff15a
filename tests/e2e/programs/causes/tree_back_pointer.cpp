// tree_back_pointer.cpp - a directory owns its entries, and each entry owns the directory that it lies in.
// gordian: exit 23
// gordian: prints 7 entries, 5150 bytes
// gordian: cycle proved objects=5 instances=2 retained=3 of=Directory,File members=Directory::entries_,Entry::dir_ cut=Entry::dir_
// gordian: says cut Entry::dir_: make it std::weak_ptr<Directory>.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

class Directory;

class Entry {
 public:
  Entry(std::string name, std::shared_ptr<Directory> dir) : name_(std::move(name)), dir_(std::move(dir)) {}
  virtual ~Entry() = default;
  virtual std::size_t size() const = 0;
  virtual std::size_t count() const { return 1; }
  const std::string& name() const { return name_; }
  std::string path() const;

 private:
  std::string name_;
#ifdef FIXED
  std::weak_ptr<Directory> dir_;
#else
  std::shared_ptr<Directory> dir_;
#endif
};

class File : public Entry {
 public:
  File(std::string name, std::size_t bytes, std::shared_ptr<Directory> dir)
      : Entry(std::move(name), std::move(dir)), content_(std::make_shared<std::vector<char>>(bytes)) {}
  std::size_t size() const override { return content_->size(); }

 private:
  std::shared_ptr<std::vector<char>> content_;  // shared with whoever has it open
};

class Directory : public Entry {
 public:
  using Entry::Entry;
  void add(std::shared_ptr<Entry> entry) { entries_[entry->name()] = std::move(entry); }
  std::size_t size() const override {
    std::size_t sum = 0;
    for (const auto& [name, entry] : entries_) sum += entry->size();
    return sum;
  }
  std::size_t count() const override {
    std::size_t sum = 1;
    for (const auto& [name, entry] : entries_) sum += entry->count();
    return sum;
  }

 private:
  std::map<std::string, std::shared_ptr<Entry>> entries_;
  const Entry* selected_ = nullptr;
};

std::string Entry::path() const {
#ifdef FIXED
  const auto dir = dir_.lock();
#else
  const auto dir = dir_;
#endif
  return dir ? dir->path() + "/" + name_ : name_;
}

std::shared_ptr<Directory> unpack(const std::string& name, const std::vector<std::size_t>& sizes) {
  auto root = std::make_shared<Directory>(name, nullptr);
  auto data = std::make_shared<Directory>("data", root);
  root->add(data);
  int number = 0;
  for (const std::size_t bytes : sizes) {
    data->add(std::make_shared<File>("part" + std::to_string(++number), bytes, data));
  }
  return root;
}

int main() {
  const auto big = unpack("big", {100, 2000, 3000});
  const auto small = unpack("small", {20, 30});
  const std::size_t entries = big->count() + small->count() - 2;
  std::printf("%zu entries, %zu bytes\n", entries, big->size() + small->size());
}
