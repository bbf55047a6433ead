import { openMemoryStore } from '../support/memory-store.ts';
import { describeStore } from './describe-store.ts';

describeStore('the model store', async () => openMemoryStore());
