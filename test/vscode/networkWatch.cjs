// Preloaded into Node processes by NODE_OPTIONS: notes in the file SMOOTH_LABELS_NETWORK each connection that would leave the machine,
// if it's tried by an extension host or one of its threads. The connection itself goes on.
const { appendFileSync } = require('node:fs');
const { Socket, isIP } = require('node:net');
const dns = require('node:dns');

const file = process.env.SMOOTH_LABELS_NETWORK;
if (file !== undefined && process.argv.some((argument) => argument.startsWith('--type=extensionHost')))
  watch();

function watch() {
  const { connect } = Socket.prototype;
  Socket.prototype.connect = function (...args) {
    const [options] = Array.isArray(args[0]) ? args[0] : args;
    const host =
      typeof options === 'object' && options !== null ? (options.path ? undefined : options.host) : args[1];
    note(host);
    return connect.apply(this, args);
  };
  for (const module of [dns, dns.promises])
    for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
      const original = module[name];
      module[name] = function (host, ...rest) {
        note(host);
        return original.call(this, host, ...rest);
      };
    }
}

function note(host) {
  if (
    typeof host !== 'string' ||
    host === 'localhost' ||
    host === '::1' ||
    (isIP(host) && host.startsWith('127.'))
  )
    return;
  appendFileSync(file, `${host}\n`);
}
