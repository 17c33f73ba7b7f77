import { connectMongo } from './connect.js';
import { testingDatabase } from './testing-database.js';

describe('a connection to MongoDB', () => {
  it.each(['w=0&journal=false', 'readConcernLevel=available', 'readPreference=secondary'])(
    'acknowledges and reads as promised, also where its address says %s',
    async (option) => {
      const database = testingDatabase();
      const { connectionString } = database;
      const given = `${connectionString}${connectionString.includes('?') ? '&' : '/?'}${option}`;
      const connection = await connectMongo(
        { ...database, connectionString: given },
        'views',
        () => new Error('closed'),
      );
      try {
        const { writeConcern, readConcern, readPreference } = connection.db;
        expect(writeConcern).toMatchObject({ w: 'majority', j: true });
        expect(readConcern?.level).toBe(connection.transactions ? 'majority' : 'local');
        expect(readPreference?.mode).toBe('primary');
        expect(await connection.db.collection('temoin').countDocuments()).toBe(1);
      } finally {
        await connection.close();
        await database.remove();
      }
    },
    30_000,
  );
});
