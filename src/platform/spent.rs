//! What the running program has taken of the machine: time of its processors, memory.

use std::time::Duration;

use super::system;

/// How long processors worked for this thread since it began; none where the system does not say.
pub fn thread_time() -> Option<Duration> {
    system::thread_time()
}

/// The most memory the program ever held, in bytes; none where the system does not say.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn work_and_memory_are_told() {
        let before = thread_time().unwrap();
        let held = vec![1_u8; 1 << 20];
        assert!(thread_time().unwrap() > before);
        assert!(peak_memory().unwrap() > u64::try_from(held.len()).unwrap());
    }
}
