/**
 * Richards: the simulation of a small operating system's kernel by M. Richards, written around classes and virtual
 * calls. Six tasks exchange packets through a scheduler; the numbers of queued packets and held tasks are the check.
 */
import { type int, newList } from "rtypescript/rlib";
import { benchmark } from "./harness.ts";

const IDLE = 0;
const WORKER = 1;
const HANDLER_A = 2;
const HANDLER_B = 3;
const DEVICE_A = 4;
const DEVICE_B = 5;
const TASKS = 6;

const KIND_DEVICE = 0;
const KIND_WORK = 1;

const PACKET_BYTES = 4;
const IDLE_COUNT = 10000;
const EXPECTED_QUEUED = 23246;
const EXPECTED_HELD = 9297;

class Packet {
  link: Packet | null;
  owner: int;
  readonly kind: int;
  datum: int = 0;
  readonly data: int[] = newList<int>(PACKET_BYTES, 0);

  constructor(link: Packet | null, owner: int, kind: int) {
    this.link = link;
    this.owner = owner;
    this.kind = kind;
  }

  /** The queue with this packet at its end. */
  appendedTo(queue: Packet | null): Packet {
    this.link = null;
    if (queue === null) return this;
    let last: Packet = queue;
    for (let next = last.link; next !== null; next = last.link) last = next;
    last.link = this;
    return queue;
  }
}

abstract class Task {
  readonly scheduler: Scheduler;
  readonly next: Task | null;
  readonly id: int;
  readonly priority: int;
  input: Packet | null;
  packetPending: boolean;
  waiting: boolean;
  held: boolean = false;

  constructor(scheduler: Scheduler, id: int, priority: int, input: Packet | null, waiting: boolean) {
    this.scheduler = scheduler;
    this.next = scheduler.tasks;
    this.id = id;
    this.priority = priority;
    this.input = input;
    this.packetPending = input !== null;
    this.waiting = waiting;
    scheduler.tasks = this;
    scheduler.table[id] = this;
  }

  /** One step of the task's work; gives the task to run next. */
  abstract work(packet: Packet | null): Task | null;

  isHeldOrWaiting(): boolean {
    return this.held || (!this.packetPending && this.waiting);
  }

  run(): Task | null {
    let packet: Packet | null = null;
    if (this.waiting && this.packetPending) {
      packet = this.input!;
      this.input = packet.link;
      this.waiting = false;
      this.packetPending = this.input !== null;
    }
    return this.work(packet);
  }

  wait(): Task {
    this.waiting = true;
    return this;
  }

  hold(): Task | null {
    this.scheduler.heldCount++;
    this.held = true;
    return this.next;
  }

  release(id: int): Task {
    const task = this.scheduler.find(id);
    task.held = false;
    return task.priority > this.priority ? task : this;
  }

  send(packet: Packet): Task {
    const task = this.scheduler.find(packet.owner);
    this.scheduler.queuedCount++;
    packet.link = null;
    packet.owner = this.id;
    return task.receive(packet, this);
  }

  receive(packet: Packet, sender: Task): Task {
    if (this.input === null) {
      this.input = packet;
      this.packetPending = true;
      if (this.priority > sender.priority) return this;
    } else {
      packet.appendedTo(this.input);
    }
    return sender;
  }
}

class IdleTask extends Task {
  #control: int = 1;
  #count: int = IDLE_COUNT;

  work(_packet: Packet | null): Task | null {
    this.#count--;
    if (this.#count === 0) return this.hold();
    if ((this.#control & 1) === 0) {
      this.#control = this.#control >> 1;
      return this.release(DEVICE_A);
    }
    this.#control = (this.#control >> 1) ^ 0xd008;
    return this.release(DEVICE_B);
  }
}

class WorkerTask extends Task {
  #destination: int = HANDLER_A;
  #letter: int = 0;

  work(packet: Packet | null): Task | null {
    if (packet === null) return this.wait();
    this.#destination = this.#destination === HANDLER_A ? HANDLER_B : HANDLER_A;
    packet.owner = this.#destination;
    packet.datum = 0;
    for (let i = 0; i < PACKET_BYTES; i++) {
      this.#letter++;
      if (this.#letter > 26) this.#letter = 1;
      packet.data[i] = 64 + this.#letter;
    }
    return this.send(packet);
  }
}

class HandlerTask extends Task {
  #workQueue: Packet | null = null;
  #deviceQueue: Packet | null = null;

  work(packet: Packet | null): Task | null {
    if (packet !== null) {
      if (packet.kind === KIND_WORK) this.#workQueue = packet.appendedTo(this.#workQueue);
      else this.#deviceQueue = packet.appendedTo(this.#deviceQueue);
    }
    const job = this.#workQueue;
    if (job === null) return this.wait();
    const at = job.datum;
    if (at >= PACKET_BYTES) {
      this.#workQueue = job.link;
      return this.send(job);
    }
    const device = this.#deviceQueue;
    if (device === null) return this.wait();
    this.#deviceQueue = device.link;
    device.datum = job.data[at];
    job.datum = at + 1;
    return this.send(device);
  }
}

class DeviceTask extends Task {
  #pending: Packet | null = null;

  work(packet: Packet | null): Task | null {
    if (packet !== null) {
      this.#pending = packet;
      return this.hold();
    }
    const pending = this.#pending;
    if (pending === null) return this.wait();
    this.#pending = null;
    return this.send(pending);
  }
}

class Scheduler {
  tasks: Task | null = null;
  readonly table: (Task | null)[] = newList<Task | null>(TASKS, null);
  queuedCount: int = 0;
  heldCount: int = 0;

  find(id: int): Task {
    return this.table[id]!;
  }

  schedule(): void {
    let current = this.tasks;
    while (current !== null) current = current.isHeldOrWaiting() ? current.next : current.run();
  }
}

function queueOf(count: int, owner: int, kind: int): Packet | null {
  let queue: Packet | null = null;
  for (let i = 0; i < count; i++) queue = new Packet(queue, owner, kind);
  return queue;
}

/** Runs the simulation once; says whether the counts are right. */
export function simulate(): boolean {
  const scheduler = new Scheduler();
  new IdleTask(scheduler, IDLE, 0, null, false);
  new WorkerTask(scheduler, WORKER, 1000, queueOf(2, WORKER, KIND_WORK), true);
  new HandlerTask(scheduler, HANDLER_A, 2000, queueOf(3, DEVICE_A, KIND_DEVICE), true);
  new HandlerTask(scheduler, HANDLER_B, 3000, queueOf(3, DEVICE_B, KIND_DEVICE), true);
  new DeviceTask(scheduler, DEVICE_A, 4000, null, true);
  new DeviceTask(scheduler, DEVICE_B, 5000, null, true);
  scheduler.schedule();
  return scheduler.queuedCount === EXPECTED_QUEUED && scheduler.heldCount === EXPECTED_HELD;
}

const ITERATIONS = 50;

function workload(): string {
  let right: int = 0;
  for (let i = 0; i < ITERATIONS; i++) if (simulate()) right++;
  return `${right} of ${ITERATIONS} simulations have the right counts`;
}

function main(argv: string[]): int {
  return benchmark("richards", workload, argv);
}

export function target() {
  return { entry: main, name: "richards" };
}
