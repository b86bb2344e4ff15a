// self_capturing_callback.cpp - a download stores what to do when it is finished, and that keeps the download.
// gordian: exit 23
// gordian: prints kernel.img: 4096 bytes
// gordian: prints readme.txt: 80 bytes
// gordian: cycle proved objects=1 instances=2 retained=1 of=Download cut=Download::on_finished_
// gordian: path Download::on_finished_ -> captured download
// gordian: says cut Download::on_finished_: capture weak_from_this() (or a std::weak_ptr) instead
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

class Download : public std::enable_shared_from_this<Download> {
 public:
  explicit Download(std::string url) : url_(std::move(url)), body_(std::make_shared<std::vector<char>>()) {}

  void on_progress(std::function<void(std::size_t)> callback) { on_progress_ = std::move(callback); }
  void on_finished(std::function<void()> callback) { on_finished_ = std::move(callback); }

  void receive(std::size_t bytes) {
    body_->resize(body_->size() + bytes);
    if (on_progress_) on_progress_(body_->size());
  }
  void finish() {
    if (on_finished_) on_finished_();
  }
  const std::string& url() const { return url_; }
  std::size_t size() const { return body_->size(); }

 private:
  std::string url_;
  std::shared_ptr<std::vector<char>> body_;
  std::function<void(std::size_t)> on_progress_;
  std::function<void()> on_finished_;
};

struct Progress {
  std::size_t seen = 0;
};

void fetch(const std::string& url, std::size_t bytes, Progress& progress) {
  auto download = std::make_shared<Download>(url);
  download->on_progress([&progress](std::size_t sum) { progress.seen = sum; });
#ifdef FIXED
  download->on_finished([weak = download->weak_from_this()] {
    const auto download = weak.lock();
    if (!download) return;
#else
  download->on_finished([download] {
#endif
    std::printf("%s: %zu bytes\n", download->url().c_str(), download->size());
  });
  download->receive(bytes / 2);
  download->receive(bytes / 2);
  download->finish();
}

int main() {
  Progress progress;
  fetch("kernel.img", 4096, progress);
  fetch("readme.txt", 80, progress);
}
