/** This process in Prometheus' text format. No tenant's figures: whoever may scrape may read them. */
export function GET(): Response {
  const { rss, heapUsed } = process.memoryUsage();
  const cpu = process.cpuUsage();
  const samples: [name: string, type: "gauge" | "counter", help: string, value: number][] = [
    ["domicile_web_up", "gauge", "1 while this process answers.", 1],
    ["domicile_web_uptime_seconds", "gauge", "Seconds since this process started.", process.uptime()],
    ["domicile_web_cpu_seconds_total", "counter", "Processor time used.", (cpu.user + cpu.system) / 1e6],
    ["domicile_web_resident_bytes", "gauge", "Resident memory.", rss],
    ["domicile_web_heap_bytes", "gauge", "JavaScript heap in use.", heapUsed],
  ];
  const text = samples
    .map(([name, type, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`)
    .join("");
  return new Response(text, {
    headers: { "content-type": "text/plain; version=0.0.4", "cache-control": "no-store" },
  });
}
