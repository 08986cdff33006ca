using System.Net.NetworkInformation;

namespace Outpaint.Tracking.SystemMetrics;

/// <summary>What the network cards have sent and received since the run began.</summary>
internal sealed class NetworkGauge : IGauge
{
    private readonly (long Sent, long Received) start = Traffic();

    public void Read(IDictionary<string, double> sample)
    {
        (long sent, long received) = Traffic();
        sample["network.sent"] = sent - start.Sent;
        sample["network.recv"] = received - start.Received;
    }

    private static (long Sent, long Received) Traffic()
    {
        IPInterfaceStatistics[] cards = [.. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(card => card.GetIPStatistics())];
        return (cards.Sum(card => card.BytesSent), cards.Sum(card => card.BytesReceived));
    }
}
