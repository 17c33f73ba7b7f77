/** The EventStoreDB that tests may use; its suites run only where there is one. */
export function serverUrl(): string {
  const url = process.env.TEMOIN_TEST_EVENTSTOREDB_URL;
  if (!url) throw new Error('TEMOIN_TEST_EVENTSTOREDB_URL is not set: these tests are run by npm run contract');
  return url;
}
