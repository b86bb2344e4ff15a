// doubly_linked_list.cpp - a track of a playlist owns the one after it and the one before it. New ones go to
// the front, so it is the way ahead that leads to older tracks.
// gordian: exit 23
// gordian: prints refrain verse intro
// gordian: cycle proved objects=3 instances=2 of=Track members=Track::next,Track::prev cut=Track::prev
// gordian: says cut Track::prev: make it std::weak_ptr<Track>.
#include <cstdio>
#include <memory>
#include <string>

struct Track {
  explicit Track(std::string title) : title(std::move(title)) {}
  std::string title;
  std::shared_ptr<Track> next;
#ifdef FIXED
  std::weak_ptr<Track> prev;
#else
  std::shared_ptr<Track> prev;
#endif
};

class Playlist {
 public:
  void push_front(std::string title) {
    auto track = std::make_shared<Track>(std::move(title));
    track->next = head_;
    if (head_) head_->prev = track;
    head_ = track;
    if (!last_) last_ = track.get();
  }
  std::string titles() const {
    std::string all;
    for (auto track = head_; track; track = track->next) all += track->title + (track->next ? " " : "");
    return all;
  }

 private:
  std::shared_ptr<Track> head_;
  Track* last_ = nullptr;
};

int main() {
  Playlist today, tomorrow;
  for (const char* title : {"intro", "verse", "refrain"}) {
    today.push_front(title);
    tomorrow.push_front(title);
  }
  std::printf("%s\n", today.titles().c_str());
}
