// GET /pbx/group/{id} on Node: Fastify, the MongoDB driver, fast-jwt with its cache of verified tokens.
// It gives the same answers and makes the same decisions. It leaves out what would slow it down: entity tags, metrics,
// the record of refusals, limits of work.
import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { createVerifier, TOKEN_ERROR_CODES } from 'fast-jwt';
import { MongoClient, ObjectId } from 'mongodb';

const { DATABASE_URL, DATABASE = 'pbx', PUBLIC_KEY, ISSUER, PORT } = process.env;

const HEX_ID = /^[0-9a-f]{24}$/i;
const RIGHTS = [
  'pickup', 'steal', 'spy', 'setPresence', 'queueMember', 'viewOtherParty', 'sms',
  'readCalendar', 'writeCalendar', 'readPhonebook', 'writePhonebook',
];
const LEVELS_OF_A_CUSTOMER = ['VIEWER', 'MANAGER', 'OWNER'];

class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}
const denied = () => new Refusal(403, 'access_denied', 'Insufficient access level');

const client = await new MongoClient(DATABASE_URL).connect();
const items = client.db(DATABASE).collection('PbxDialplans');
const customers = client.db(DATABASE).collection('Customers');

const verify = createVerifier({
  key: readFileSync(PUBLIC_KEY), algorithms: ['RS256'], allowedIss: ISSUER, requiredClaims: ['exp', 'iss'], cache: true,
});

function callerOf(authorization) {
  if (authorization === undefined) {
    throw new Refusal(401, 'credentials_invalid', 'Authorization required, please login');
  }
  const bearer = /^bearer +(\S+)$/i.exec(authorization);
  if (!bearer) {
    throw new Refusal(401, 'format_error', 'Authorization header format is Authorization: Bearer <token>');
  }
  try {
    return verify(bearer[1]);
  } catch (problem) {
    throw problem.code === TOKEN_ERROR_CODES.expired
      ? new Refusal(401, 'expired', 'Session has expired, please login')
      : new Refusal(401, 'invalid_token', 'Undecipherable');
  }
}

function flag(query, name) {
  const value = query[name];
  if (value === undefined) return false;
  const text = String(value).toLowerCase();
  if (text !== 'true' && text !== 'false') throw new Refusal(400, 'bad_request', `${name} must be true or false, given at most once`);
  return text === 'true';
}

const hex = (id) => (id instanceof ObjectId ? id.toHexString() : null);
const idIn = (claim) => (typeof claim === 'string' && HEX_ID.test(claim) ? claim.toLowerCase() : null);

async function authorize(caller, levels, owner) {
  if (levels.includes('ADMIN')) return;
  const customer = idIn(caller.customer);
  if (owner && owner === customer && levels.some((level) => LEVELS_OF_A_CUSTOMER.includes(level))) return;
  const reseller = caller.reseller === undefined ? customer : idIn(caller.reseller);
  if (!owner || !reseller || !levels.includes('RESELLER')) throw denied();
  if (owner === reseller) return;
  const found = await customers.findOne({ _id: new ObjectId(owner) }, { projection: { parentReseller: 1 } });
  if (hex(found?.parentReseller) !== reseller) throw denied();
}

async function itemsOf(owner, ids) {
  const distinct = [...new Map(ids.map((id) => [id.toHexString(), id])).values()];
  const found = await items
    .find({ _id: { $in: distinct } }, { projection: { type: 1, customer: 1, number: 1, name: 1 }, batchSize: distinct.length + 1 })
    .toArray();
  return new Map(found.filter((item) => owner && hex(item.customer) === owner).map((item) => [item._id.toHexString(), item]));
}

async function read(request, reply) {
  const caller = callerOf(request.headers.authorization);
  const { id } = request.params;
  if (!HEX_ID.test(id)) throw new Refusal(400, 'bad_request', 'Id not found in requestURI');
  const expandExtension = flag(request.query, 'expandExtension');
  const expandGoto = flag(request.query, 'expandGoto');
  const levels = Array.isArray(caller.groups) ? caller.groups : [];
  if (!levels.some((level) => level === 'ADMIN' || level === 'RESELLER' || LEVELS_OF_A_CUSTOMER.includes(level))) throw denied();

  const group = await items.findOne({ _id: new ObjectId(id) });
  if (group?.type !== 'GROUP') throw new Refusal(404, 'not_found', 'Group not found');
  const owner = hex(group.customer);
  await authorize(caller, levels, owner);

  const { members = [], controllers = [], timeoutGoto: target = null } = group;
  const [extensions, targets] = await Promise.all([
    expandExtension && itemsOf(owner, [...members, ...controllers]),
    expandGoto && target && itemsOf(owner, [target]),
  ]);
  const member = (reference) => {
    const key = reference.toHexString();
    if (!extensions) return key;
    const item = extensions.get(key);
    const extension = item?.type === 'EXTENSION' ? item : undefined;
    return { _id: key, number: extension?.number ?? null, name: extension?.name ?? null };
  };
  const goto = (reference) => {
    const key = reference.toHexString();
    const item = targets.get(key);
    return { _id: key, type: item?.type ?? null, number: item?.number ?? null, name: item?.name ?? null };
  };

  const view = {
    _id: hex(group._id), type: 'GROUP', customer: owner, name: group.name ?? null, number: group.number ?? null,
    startAudio: hex(group.startAudio), redirect: group.redirect ?? null, notes: group.notes ?? null,
    members: members.map(member), controllers: controllers.map(member),
  };
  for (const right of RIGHTS) view[right] = group[right] === true;
  view.strategy = group.strategy ?? 'ALL';
  view.ringTime = group.ringTime ?? 0;
  view.timeoutGoto = targets ? goto(target) : hex(target);
  reply.header('cache-control', 'private, no-cache').header('vary', 'Authorization').type('application/json');
  return JSON.stringify(view);
}

const app = Fastify();
app.addHook('onSend', async (request, reply) => {
  reply.header('x-request-id', request.headers['x-request-id'] ?? randomUUID()).header('x-content-type-options', 'nosniff');
});
app.setErrorHandler((problem, request, reply) => {
  const told = problem instanceof Refusal ? problem : new Refusal(500, 'internal_error', 'Internal server error');
  reply.code(told.status).send({ error: { message: told.message, code: told.code, status: told.status } });
});
app.get('/pbx/group/:id', read);
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
