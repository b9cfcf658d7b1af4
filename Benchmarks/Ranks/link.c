// A network of the machine's own, slower than it: `link MICROSECONDS MEGABITS NAME...` makes a device for each name, and brings
// what one sends to all others after so long a way, at so many megabits a second for each sender. It says `ready` when the
// devices are there, which may be moved into network namespaces then. It runs until it is ended.
//
// (What tc's netem does, for kernels without it.)
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 16, FRAME = 10000, WAITING = 4096 };

typedef struct {
  long due;
  int from, length;
  unsigned char bytes[FRAME];
} Frame;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count < 4 || count - 3 > MOST) return 64;
  long delay = atol(arguments[1]) * 1000;
  double perByte = 8000.0 / atof(arguments[2]);
  int devices = count - 3;
  struct pollfd polled[MOST];
  for (int i = 0; i < devices; i++) {
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    strncpy(request.ifr_name, arguments[i + 3], IFNAMSIZ - 1);
    polled[i] = (struct pollfd){open("/dev/net/tun", O_RDWR | O_NONBLOCK), POLLIN, 0};
    if (polled[i].fd < 0 || ioctl(polled[i].fd, TUNSETIFF, &request) < 0) return perror(arguments[i + 3]), 1;
  }
  prctl(PR_SET_TIMERSLACK, 1);
  puts("ready");
  fflush(stdout);
  // A queue for each sender, whose frames are due in their order.
  Frame *queues[MOST];
  unsigned long first[MOST] = {0}, end[MOST] = {0};
  long isFree[MOST] = {0};
  for (int i = 0; i < devices; i++) queues[i] = malloc(WAITING * sizeof(Frame));
  for (;;) {
    long next = -1;
    for (int i = 0; i < devices; i++) {
      while (first[i] < end[i]) {
        Frame *frame = &queues[i][first[i] % WAITING];
        if (frame->due > now()) {
          if (next < 0 || frame->due < next) next = frame->due;
          break;
        }
        for (int j = 0; j < devices; j++)
          if (j != i && write(polled[j].fd, frame->bytes, frame->length) < 0) continue;  // lost, as frames are
        first[i]++;
      }
      // Who sends more than the link takes waits.
      polled[i].events = end[i] - first[i] < WAITING ? POLLIN : 0;
    }
    long left = next < 0 ? 1000000000 : next - now();
    struct timespec wait = {0, left < 0 ? 0 : left};
    if (left >= 1000000000) wait = (struct timespec){left / 1000000000, left % 1000000000};
    if (ppoll(polled, devices, &wait, NULL) < 0) return 1;
    for (int i = 0; i < devices; i++) {
      while (polled[i].revents & POLLIN && end[i] - first[i] < WAITING) {
        Frame *frame = &queues[i][end[i] % WAITING];
        frame->length = (int)read(polled[i].fd, frame->bytes, FRAME);
        if (frame->length <= 0) break;
        long start = now();
        if (isFree[i] > start) start = isFree[i];
        isFree[i] = start + (long)(perByte * frame->length);
        frame->due = isFree[i] + delay;
        end[i]++;
      }
    }
  }
}
