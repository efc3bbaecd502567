//! The same work for every item of a slice, by as many threads as there are processors.

use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

/// More threads than this are not started: reading files is soon limited by something else.
const MOST: usize = 8;

/// Returns what a function makes of each item, in order. Threads take `portion` items at a time: few enough to divide
/// the work evenly, and enough to seldom meet. A panic of the function goes on in the caller.
pub(crate) fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    portion: usize,
    each: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    in_parallel_with(items, portion, || (), |(), item| each(item))
}

/// As [`in_parallel`]; each thread has something of its own, which goes from item to item.
pub(crate) fn in_parallel_with<T: Sync, S, R: Send>(
    items: &[T],
    portion: usize,
    own: impl Fn() -> S + Sync,
    each: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let n_portions = items.len().div_ceil(portion);
    let n_threads = if n_portions < 2 { 1 } else { processors().min(n_portions).min(MOST) };
    if n_threads < 2 {
        let mut own = own();
        return items.iter().map(|item| each(&mut own, item)).collect();
    }
    let (next, begun, ended) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let starter = place::here();
    let work = |before_portion: &dyn Fn()| {
        let mut own = own();
        let mut done: Vec<(usize, Vec<R>)> = Vec::new();
        loop {
            before_portion();
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(taken) = items.chunks(portion).nth(nth) else { return done };
            done.push((nth, taken.iter().map(|item| each(&mut own, item)).collect()));
        }
    };
    let gathered: Mutex<Vec<(usize, Vec<R>)>> = Mutex::default();
    let other = || {
        begun.fetch_add(1, Ordering::Relaxed);
        place::leave(starter);
        let done = work(&make_room);
        gathered.lock().unwrap_or_else(PoisonError::into_inner).extend(done);
        ended.fetch_add(1, Ordering::Release);
    };
    let done = thread::scope(|scope| {
        // Where the system starts no more threads, those that there are do the work.
        let start = |_: &usize| thread::Builder::new().spawn_scoped(scope, other).is_ok();
        let n_others = (1..n_threads).filter(start).count();
        let turns = Cell::new(MOST_TURNS);
        let done =
            work(&|| give_way(turns.replace(1), || begun.load(Ordering::Relaxed) == n_others));
        // Mostly the others are about to end, and waking up would take longer.
        give_way(MOST_TURNS, || ended.load(Ordering::Acquire) == n_others);
        done
    });
    let mut portions = gathered.into_inner().unwrap_or_else(PoisonError::into_inner);
    portions.extend(done);
    portions.sort_unstable_by_key(|(nth, _)| *nth);
    portions.into_iter().flat_map(|(_, results)| results).collect()
}

/// What did not come in so many turns may not come soon.
const MOST_TURNS: usize = 64;

/// Lets other threads run, for so many turns, until what is waited for has come.
fn give_way(turns: usize, has_come: impl Fn() -> bool) {
    for _ in 0..turns {
        if has_come() {
            return;
        }
        thread::yield_now();
    }
}

/// Where threads run.
///
/// A thread begins beside the one that started it where the system saves processors, as that of a virtual machine may, and
/// waits there for its turn, which may take milliseconds.
#[cfg(target_os = "linux")]
mod place {
    use rustix::thread::{sched_getaffinity, sched_getcpu, sched_setaffinity};

    /// Returns the processor that this thread runs on.
    pub(super) fn here() -> usize {
        sched_getcpu()
    }

    /// Goes to another processor than that of the starter, if this thread runs there and there is another.
    pub(super) fn leave(starter: usize) {
        if here() != starter {
            return;
        }
        let Ok(mut others) = sched_getaffinity(None) else { return };
        others.unset(starter);
        // A set without any processor is refused: the thread stays.
        sched_setaffinity(None, &others).unwrap_or(());
    }
}

#[cfg(not(target_os = "linux"))]
mod place {
    pub(super) const fn here() {}

    pub(super) const fn leave((): ()) {}
}

/// Asks the allocator for a large piece of memory, and gives it back.
///
/// That of glibc has a heap for each thread, and all but the first grow by a page at a time; each time the system shuts
/// out the other threads, which wait when they touch a new page. What is given back at the end of a heap stays there.
fn make_room() {
    let mut room = Vec::<u8>::new();
    // Where there is no room, nothing is lost yet.
    room.try_reserve_exact(ROOM).unwrap_or(());
    drop(std::hint::black_box(room));
}

/// Less than the 128 KiB from which on glibc asks the system each time, and keeps no more free at the end of a heap.
const ROOM: usize = 96 * 1024;

/// Slices from twice this length on are changed by several threads, and so many items at a time.
const MANY: usize = 128;

/// Changes each item of a slice, and returns what is to be said of it, in order. Each thread has something of its own:
/// what all of them counted references of would go back and forth between the processors.
pub(crate) fn change_each<T: Send, S, R: Send>(
    items: &mut [T],
    own: impl Fn() -> S + Sync,
    each: impl Fn(&mut S, &mut T) -> Option<R> + Sync,
) -> Vec<R> {
    if items.len() < 2 * MANY || processors() < 2 {
        let mut own = own();
        return items.iter_mut().filter_map(|item| each(&mut own, item)).collect();
    }
    let portions: Vec<Mutex<&mut [T]>> = items.chunks_mut(MANY).map(Mutex::new).collect();
    let said = in_parallel_with(&portions, 1, own, |own, portion| {
        let mut portion = portion.lock().unwrap_or_else(PoisonError::into_inner);
        portion.iter_mut().filter_map(|item| each(own, item)).collect::<Vec<R>>()
    });
    said.into_iter().flatten().collect()
}

/// Returns what a function makes of each item, in order; of many, several threads make it.
pub(crate) fn look_at_each<T: Sync, R: Send>(items: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let portion = if items.len() < 2 * MANY { items.len().max(1) } else { MANY };
    in_parallel(items, portion, each)
}

/// Returns how many threads may run at once.
fn processors() -> usize {
    static PROCESSORS: OnceLock<usize> = OnceLock::new();
    *PROCESSORS.get_or_init(|| {
        allowed_processors()
            .or_else(|| thread::available_parallelism().ok().map(usize::from))
            .unwrap_or(1)
    })
}

/// Asks the system for the processors that this thread may use, by one call. The standard library reads the quotas of
/// control groups as well, from several files.
#[cfg(target_os = "linux")]
fn allowed_processors() -> Option<usize> {
    let set = rustix::thread::sched_getaffinity(None).ok()?;
    usize::try_from(set.count()).ok().filter(|count| *count > 0)
}

#[cfg(not(target_os = "linux"))]
const fn allowed_processors() -> Option<usize> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 4, 13, 1000] {
            let items: Vec<usize> = (0..count).collect();
            let doubled = in_parallel(&items, 4, |it| it * 2);
            assert_eq!(doubled, items.iter().map(|it| it * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_thread_leaves_the_processor_of_its_starter_where_there_is_another() {
        let all = rustix::thread::sched_getaffinity(None).expect("it is Linux");
        thread::scope(|scope| {
            scope.spawn(|| {
                let begun_on = place::here();
                place::leave(begun_on);
                let left = rustix::thread::sched_getaffinity(None).expect("it is Linux");
                // It may have been moved before it asked: then it stays where it is.
                let stays = left == all;
                let left_one = left.count() + 1 == all.count();
                assert!(left.count() > 0 && (stays || left_one));
                assert!(!left_one || !left.is_set(begun_on));
            });
        });
        assert_eq!(
            rustix::thread::sched_getaffinity(None).ok(),
            Some(all),
            "the starter may run anywhere"
        );
    }

    #[test]
    fn nothing_is_waited_for_without_end() {
        give_way(MOST_TURNS, || false);
        let looks = Cell::new(0);
        give_way(MOST_TURNS, || looks.replace(looks.get() + 1) == 3);
        assert_eq!(looks.get(), 4);
    }

    #[test]
    fn each_item_is_changed_once() {
        for count in [0, 1, 255, 256, 1000] {
            let mut items: Vec<usize> = (0..count).collect();
            let said = change_each(
                &mut items,
                || 0,
                |seen, item| {
                    *seen += 1;
                    *item *= 2;
                    (*item % 3 == 0).then_some(*item)
                },
            );
            assert_eq!(items, (0..count).map(|it| it * 2).collect::<Vec<_>>());
            assert_eq!(said, items.iter().copied().filter(|it| it % 3 == 0).collect::<Vec<_>>());
        }
    }
}
