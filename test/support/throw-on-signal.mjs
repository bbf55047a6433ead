// Loaded before the service: an error that nobody foresaw, at the moment a test wants it. Its message holds what no log may show.
const message = 'Cannot read +14155557733';
process.on('SIGUSR2', () => {
  if (process.env.QUIETLIST_TEST_CRASH === 'rejection') void Promise.reject(new TypeError(message));
  else throw new TypeError(message);
});
